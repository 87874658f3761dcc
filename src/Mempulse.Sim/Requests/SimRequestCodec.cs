using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Sim.Requests;

/// <summary>Encodes and decodes requests, for their id and for witnesses.</summary>
/// <remarks>The format is docs/formats/witness.md. MessagePack in its shortest form, so equal requests have equal bytes.</remarks>
public static class SimRequestCodec
{
    private const int MaxItems = 1 << 20;

    /// <summary>Computes the simulation id: Keccak-256 over engine version, rules version and request.</summary>
    public static Hash256 IdOf(SimRequest request)
    {
        var buffer = new ByteBuffer();
        var writer = new MessagePackWriter(buffer);
        writer.Write((ulong)SimVersions.Engine);
        writer.Write((ulong)SimVersions.Rules);
        Write(writer, request);
        return Keccak256.Hash(buffer.WrittenSpan);
    }

    /// <summary>Writes a request.</summary>
    public static void Write(MessagePackWriter writer, SimRequest request)
    {
        writer.WriteArrayHeader(7);
        WriteBlock(writer, request.Block);
        writer.WriteArrayHeader(request.Transactions.Count);
        for (int i = 0; i < request.Transactions.Count; i++)
        {
            writer.WriteArrayHeader(2);
            writer.Write(request.Transactions[i].Raw.Span);
            writer.Write((ulong)request.Transactions[i].Revert);
        }

        writer.Write(request.Opportunity);
        WriteOptional(writer, request.Account);
        WriteOverrides(writer, request.Overrides);
        WriteLimits(writer, request.Limits);
        writer.Write((ulong)request.Steps);
    }

    /// <summary>Reads a request.</summary>
    /// <exception cref="EventDecodeException">The bytes are not a valid request.</exception>
    public static SimRequest Read(ref MessagePackReader reader)
    {
        Expect(ref reader, 7);
        return new SimRequest
        {
            Block = ReadBlock(ref reader),
            Transactions = ReadTransactions(ref reader),
            Opportunity = reader.ReadHash(),
            Account = reader.TryReadNil() ? null : reader.ReadAddress(),
            Overrides = ReadOverrides(ref reader),
            Limits = ReadLimits(ref reader),
            Steps = (StepTracing)reader.ReadUInt64(max: (ulong)StepTracing.Digest),
        };
    }

    internal static void Expect(ref MessagePackReader reader, int count)
    {
        int actual = reader.ReadArrayHeader();
        if (actual != count)
        {
            throw new EventDecodeException($"An array of {actual} values is not valid here: expected {count}.");
        }
    }

    internal static int ReadCount(ref MessagePackReader reader)
    {
        int count = reader.ReadArrayHeader();
        return count <= MaxItems ? count : throw new EventDecodeException($"An array of {count} values is too long: expected at most {MaxItems}.");
    }

    private static void WriteBlock(MessagePackWriter writer, SimBlock block)
    {
        writer.WriteArrayHeader(14);
        writer.Write(block.BaseHash);
        writer.Write((ulong)block.Fork);
        writer.Write(block.ChainId);
        writer.Write(block.Number);
        writer.Write(block.Timestamp);
        writer.Write(block.Coinbase);
        writer.Write(block.GasLimit);
        writer.Write(block.BaseFee);
        writer.Write(block.Difficulty);
        writer.Write(block.PrevRandao);
        writer.Write(block.ExcessBlobGas);
        writer.Write(block.BaseNumber);
        writer.Write((ulong)block.Start);
        if (block.ParentBeaconRoot is { } root)
        {
            writer.Write(root);
        }
        else
        {
            writer.WriteNil();
        }
    }

    private static SimBlock ReadBlock(ref MessagePackReader reader)
    {
        Expect(ref reader, 14);
        return new SimBlock(
            reader.ReadHash(),
            (Fork)reader.ReadUInt64(max: (ulong)Fork.Amsterdam),
            reader.ReadUInt64(),
            reader.ReadUInt64(),
            reader.ReadUInt64(),
            reader.ReadAddress(),
            reader.ReadUInt64(),
            reader.ReadUInt256(),
            reader.ReadUInt256(),
            reader.ReadHash(),
            reader.ReadUInt64())
        {
            BaseNumber = reader.ReadUInt64(),
            Start = (BlockStart)reader.ReadUInt64(max: (ulong)BlockStart.SystemCalls),
            ParentBeaconRoot = reader.TryReadNil() ? null : reader.ReadHash(),
        };
    }

    private static BundleTransaction[] ReadTransactions(ref MessagePackReader reader)
    {
        var transactions = new BundleTransaction[ReadCount(ref reader)];
        for (int i = 0; i < transactions.Length; i++)
        {
            Expect(ref reader, 2);
            transactions[i] = new BundleTransaction(reader.ReadBytes().ToArray(), (RevertPolicy)reader.ReadUInt64(max: (ulong)RevertPolicy.MayRevert));
        }

        return transactions;
    }

    private static void WriteOptional(MessagePackWriter writer, Address? address)
    {
        if (address is { } known)
        {
            writer.Write(known);
        }
        else
        {
            writer.WriteNil();
        }
    }

    private static void WriteOverrides(MessagePackWriter writer, IReadOnlyList<StateOverride> overrides)
    {
        writer.WriteArrayHeader(overrides.Count);
        for (int i = 0; i < overrides.Count; i++)
        {
            var change = overrides[i];
            writer.WriteArrayHeader(5);
            writer.Write(change.Address);
            WriteOptional(writer, change.Balance);
            WriteOptional(writer, change.Nonce);
            if (change.Code is { } code)
            {
                writer.Write(code.Span);
            }
            else
            {
                writer.WriteNil();
            }

            writer.WriteArrayHeader(change.Slots.Count * 2);
            for (int slot = 0; slot < change.Slots.Count; slot++)
            {
                writer.Write(change.Slots[slot].Key);
                writer.Write(change.Slots[slot].Value);
            }
        }
    }

    internal static void WriteOptional(MessagePackWriter writer, UInt256? value)
    {
        if (value is { } known)
        {
            writer.Write(known);
        }
        else
        {
            writer.WriteNil();
        }
    }

    private static StateOverride[] ReadOverrides(ref MessagePackReader reader)
    {
        var overrides = new StateOverride[ReadCount(ref reader)];
        for (int i = 0; i < overrides.Length; i++)
        {
            Expect(ref reader, 5);
            var address = reader.ReadAddress();
            UInt256? balance = reader.TryReadNil() ? null : reader.ReadUInt256();
            ulong? nonce = reader.TryReadNil() ? null : reader.ReadUInt64();
            // The default is typed: a null array would convert to empty code.
            ReadOnlyMemory<byte>? code = reader.TryReadNil() ? default(ReadOnlyMemory<byte>?) : reader.ReadBytes().ToArray();
            overrides[i] = new StateOverride(address, balance, nonce, code, ReadSlots(ref reader));
        }

        return overrides;
    }

    private static KeyValuePair<UInt256, UInt256>[] ReadSlots(ref MessagePackReader reader)
    {
        var slots = new KeyValuePair<UInt256, UInt256>[ReadCount(ref reader) / 2];
        for (int i = 0; i < slots.Length; i++)
        {
            slots[i] = new(reader.ReadUInt256(), reader.ReadUInt256());
        }

        return slots;
    }

    private static void WriteLimits(MessagePackWriter writer, SimLimits limits)
    {
        writer.WriteArrayHeader(7);
        writer.Write(limits.MaxGas);
        writer.Write((ulong)limits.MaxSteps);
        writer.Write((ulong)limits.MaxMemoryBytes);
        writer.Write((ulong)limits.MaxDepth);
        writer.Write((ulong)limits.MaxTraceBytes);
        writer.Write((ulong)limits.MaxTransactions);
        writer.Write((ulong)limits.MaxBundleBytes);
    }

    private static SimLimits ReadLimits(ref MessagePackReader reader)
    {
        Expect(ref reader, 7);
        return new SimLimits
        {
            MaxGas = reader.ReadUInt64(),
            MaxSteps = (long)reader.ReadUInt64(max: long.MaxValue),
            MaxMemoryBytes = (long)reader.ReadUInt64(max: long.MaxValue),
            MaxDepth = (int)reader.ReadUInt64(max: int.MaxValue),
            MaxTraceBytes = (long)reader.ReadUInt64(max: long.MaxValue),
            MaxTransactions = (int)reader.ReadUInt64(max: int.MaxValue),
            MaxBundleBytes = (int)reader.ReadUInt64(max: int.MaxValue),
        };
    }
}
