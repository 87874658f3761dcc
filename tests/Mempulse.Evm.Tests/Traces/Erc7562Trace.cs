using System.Text.Json;
using Mempulse.Evm.Frames;
using Mempulse.Evm.State;
using Mempulse.Evm.TraceJson;
using Mempulse.Evm.Tracing;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives;

namespace Mempulse.Evm.Tests.Traces;

/// <summary>Records what geth's erc7562Tracer records beyond the call tree, and compares it.</summary>
/// <remarks><see href="https://eips.ethereum.org/EIPS/eip-7562"/></remarks>
internal sealed class Erc7562Trace
{
    private const byte Keccak = 0x20, ExtCodeSize = 0x3b, ExtCodeCopy = 0x3c, ExtCodeHash = 0x3f, Sload = 0x54, Sstore = 0x55, GasLeft = 0x5a,
        Tload = 0x5c, Tstore = 0x5d, Call = 0xf1, CallCode = 0xf2, Return = 0xf3, DelegateCall = 0xf4, StaticCall = 0xfa, Revert = 0xfd, IsZero = 0x15;

    /// <summary>Instructions that no rule concerns: stack operations and plain arithmetic.</summary>
    private static readonly SortedSet<byte> Ignored =
        [0x01, 0x02, 0x03, 0x04, 0x10, 0x11, 0x12, 0x13, 0x14, IsZero, 0x16, 0x17, 0x19, 0x1b, 0x1c, 0x50, .. Enumerable.Range(0x5f, 0x9f - 0x5f + 1).Select(code => (byte)code)];

    private readonly Stack<Erc7562Frame> _open = new();
    private readonly SortedSet<string> _preimages = new(StringComparer.Ordinal);
    private (byte Instruction, UInt256 Top)? _last;
    private Erc7562Frame? _root;

    /// <summary>Runs the transaction and returns the differences from the expected trace.</summary>
    public static List<string> Compare(TraceCase trace, EvmExecutor executor, EvmTransaction transaction)
    {
        var recorded = new Erc7562Trace();
        var tracer = new Tracer(recorded);
        executor.ExecuteTransaction(trace.Block(), transaction, new WorldState(trace), ref tracer);
        var differences = new List<string>();
        Compare(trace.Expected, recorded._root!, "", differences);
        var expected = trace.Expected.TryGetProperty("keccak", out var preimages) ? preimages.EnumerateArray().Select(bytes => bytes.GetString()!) : [];
        if (!expected.Order(StringComparer.Ordinal).SequenceEqual(recorded._preimages))
        {
            differences.Add($"/keccak: {string.Join(',', recorded._preimages)}");
        }

        return differences;
    }

    private static void Compare(JsonElement expected, Erc7562Frame frame, string at, List<string> differences)
    {
        var slots = expected.GetProperty("accessedSlots");
        Differ("reads", Map(slots.GetProperty("reads"), value => value[0].GetString()!), frame.Reads);
        Differ("writes", Map(slots.GetProperty("writes"), value => value.GetInt32()), frame.Writes);
        Differ("transientReads", Map(slots.GetProperty("transientReads"), value => value.GetInt32()), frame.TransientReads);
        Differ("transientWrites", Map(slots.GetProperty("transientWrites"), value => value.GetInt32()), frame.TransientWrites);
        Differ("usedOpcodes", Map(expected.GetProperty("usedOpcodes"), value => value.GetInt32()), frame.Instructions);
        Differ(
            "contractSize",
            Map(expected.GetProperty("contractSize"), value => (value.GetProperty("contractSize").GetInt32(), (byte)value.GetProperty("opcode").GetInt32())),
            frame.CodeSizes);
        if (!expected.GetProperty("extCodeAccessInfo").EnumerateArray().Select(account => Address.Parse(account.GetString()!)).SequenceEqual(frame.InspectedCode))
        {
            differences.Add($"{at}/extCodeAccessInfo: {string.Join(',', frame.InspectedCode)}");
        }

        if (expected.GetProperty("outOfGas").GetBoolean() != frame.IsOutOfGas)
        {
            differences.Add($"{at}/outOfGas: {frame.IsOutOfGas}");
        }

        var calls = expected.TryGetProperty("calls", out var inner) ? inner.EnumerateArray().ToList() : [];
        for (int i = 0; i < Math.Min(calls.Count, frame.Calls.Count); i++)
        {
            Compare(calls[i], frame.Calls[i], $"{at}/{i}", differences);
        }

        void Differ<T>(string name, SortedDictionary<string, T> wanted, SortedDictionary<string, T> actual)
        {
            if (!wanted.SequenceEqual(actual))
            {
                differences.Add($"{at}/{name}: {string.Join(',', actual)}, expected {string.Join(',', wanted)}");
            }
        }
    }

    private static SortedDictionary<string, T> Map<T>(JsonElement json, Func<JsonElement, T> read) =>
        new(json.EnumerateObject().ToDictionary(entry => entry.Name, entry => read(entry.Value)), StringComparer.Ordinal);

    private void Step(ref Machine machine, byte instruction)
    {
        var frame = _open.Peek();
        if (instruction is Return or Revert)
        {
            _last = null;
        }

        if (_last is { Instruction: ExtCodeSize or ExtCodeCopy or ExtCodeHash } inspected && (inspected.Instruction, instruction) != (ExtCodeSize, IsZero))
        {
            frame.InspectedCode.Add(AddressWord.ToAddress(inspected.Top));
        }

        NoteCodeSize(ref machine, instruction, frame);
        if (_last is { Instruction: GasLeft } && instruction is not (Call or CallCode or DelegateCall or StaticCall))
        {
            Count(frame.Instructions, Hex.Quantity(GasLeft));
        }

        if (instruction != GasLeft && !Ignored.Contains(instruction))
        {
            Count(frame.Instructions, Hex.Quantity(instruction));
        }

        NoteStorage(ref machine, instruction, frame);
        if (instruction == Keccak)
        {
            _preimages.Add(Preimage(ref machine));
        }

        _last = (instruction, machine.Sp > 0 ? machine.Top() : default);
    }

    private static void NoteCodeSize(ref Machine machine, byte instruction, Erc7562Frame frame)
    {
        bool inspects = instruction is ExtCodeSize or ExtCodeCopy or ExtCodeHash;
        if (!inspects && instruction is not (Call or CallCode or DelegateCall or StaticCall))
        {
            return;
        }

        var account = AddressWord.ToAddress(machine.Peek(inspects ? 0 : 1));
        if (!frame.CodeSizes.ContainsKey(account.ToString()) && !IsPrecompile(account))
        {
            frame.CodeSizes.Add(account.ToString(), (machine.State.CodeOf(account).Length, instruction));
        }
    }

    private static void NoteStorage(ref Machine machine, byte instruction, Erc7562Frame frame)
    {
        if (instruction is not (Sload or Sstore or Tload or Tstore))
        {
            return;
        }

        string slot = AddressWord.ToHash(machine.Top()).ToString();
        switch (instruction)
        {
            case Sload when !frame.Reads.ContainsKey(slot) && !frame.Writes.ContainsKey(slot):
                frame.Reads.Add(slot, AddressWord.ToHash(machine.State.StorageOf(machine.Frame.Self.Address, machine.Top())).ToString());
                break;
            case Sstore:
                Count(frame.Writes, slot);
                break;
            case Tload:
                Count(frame.TransientReads, slot);
                break;
            case Tstore:
                Count(frame.TransientWrites, slot);
                break;
        }
    }

    /// <summary>The hashed bytes; memory that the instruction is about to add reads as zeros.</summary>
    private static string Preimage(ref Machine machine)
    {
        int at = (int)machine.Top().LowUInt64;
        byte[] bytes = new byte[(int)machine.Peek(1).LowUInt64];
        int present = Math.Clamp(machine.MemorySize - at, 0, bytes.Length);
        machine.Slice(at, present).CopyTo(bytes);
        return Hex.Data(bytes);
    }

    private static bool IsPrecompile(Address account)
    {
        Span<byte> bytes = stackalloc byte[Address.Size];
        account.CopyTo(bytes);
        return !bytes[..^1].ContainsAnyExcept((byte)0) && bytes[^1] is > 0 and <= 9;
    }

    private static void Count(SortedDictionary<string, int> counts, string key) => counts[key] = counts.GetValueOrDefault(key) + 1;

    private readonly struct Tracer(Erc7562Trace trace) : IRunTracer
    {
        public static bool IsOn => true;

        public void Begin(RunContext context)
        {
        }

        public bool Step(ref Machine machine, byte instruction)
        {
            trace.Step(ref machine, instruction);
            return true;
        }

        public void Enter(FrameRequest request, ReadOnlySpan<byte> input, int depth)
        {
            var frame = new Erc7562Frame();
            if (trace._open.TryPeek(out var caller))
            {
                caller.Calls.Add(frame);
            }

            trace._root ??= frame;
            trace._open.Push(frame);
        }

        public void Exit(Status status, long gasUsed, ReadOnlySpan<byte> output) => trace._open.Pop().IsOutOfGas = status == Status.OutOfGas;

        public void SelfDestructed(in Address account, in Address beneficiary, in UInt256 balance)
        {
        }
    }
}
