using System.Runtime.CompilerServices;
using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;
using Mempulse.Evm.State;
using Mempulse.Primitives;

namespace Mempulse.Evm.Instructions;

/// <summary>Environmental information: 0x30 to 0x3e, except account access. Yellow Paper, appendix H.2; EIP-211 for return data.</summary>
internal static class Environment
{
    public static Status Address(ref Machine m)
    {
        m.Push() = AddressWord.ToWord(m.Frame.Self.Address);
        return Status.Continue;
    }

    public static Status Origin(ref Machine m)
    {
        m.Push() = AddressWord.ToWord(m.Context.Transaction.Origin);
        return Status.Continue;
    }

    public static Status Caller(ref Machine m)
    {
        m.Push() = AddressWord.ToWord(m.Frame.Caller);
        return Status.Continue;
    }

    public static Status CallValue(ref Machine m)
    {
        m.Push() = m.Frame.Value;
        return Status.Continue;
    }

    public static Status CallDataLoad(ref Machine m)
    {
        ref var offset = ref m.Top();
        int length = m.Frame.InputLength;
        if (!offset.FitsUInt64 || offset.LowUInt64 >= (ulong)length)
        {
            offset = default;
            return Status.Continue;
        }

        int at = (int)offset.LowUInt64;
        LoadPadded(m.Context.Memory.AsSpan(m.Frame.InputAt + at, Math.Min(UInt256.Size, length - at)), out offset);
        return Status.Continue;
    }

    public static Status CallDataSize(ref Machine m)
    {
        m.Push() = (ulong)m.Frame.InputLength;
        return Status.Continue;
    }

    public static Status CallDataCopy(ref Machine m)
    {
        if (!TryPrepareCopy(ref m, out int at, out int length, out var from))
        {
            return Status.OutOfGas;
        }

        CopyPadded(m.Context.Memory.AsSpan(m.Frame.InputAt, m.Frame.InputLength), from, m.Slice(at, length));
        return Status.Continue;
    }

    public static Status CodeSize(ref Machine m)
    {
        m.Push() = (ulong)m.Frame.Code.Length;
        return Status.Continue;
    }

    public static Status CodeCopy(ref Machine m)
    {
        if (!TryPrepareCopy(ref m, out int at, out int length, out var from))
        {
            return Status.OutOfGas;
        }

        CopyPadded(m.Frame.Code.Bytes, from, m.Slice(at, length));
        return Status.Continue;
    }

    public static Status GasPrice(ref Machine m)
    {
        m.Push() = m.Context.Transaction.GasPrice;
        return Status.Continue;
    }

    public static Status ReturnDataSize(ref Machine m)
    {
        m.Push() = (ulong)m.Context.ReturnData.Length;
        return Status.Continue;
    }

    /// <summary>RETURNDATACOPY: unlike the other copies, reading beyond the end halts (EIP-211).</summary>
    public static Status ReturnDataCopy(ref Machine m)
    {
        if (!TryPrepareCopy(ref m, out int at, out int length, out var from))
        {
            return Status.OutOfGas;
        }

        var data = m.Context.ReturnData.Bytes;
        if (!from.FitsUInt64 || from.LowUInt64 > (ulong)data.Length || (ulong)length > (ulong)data.Length - from.LowUInt64)
        {
            return Status.ReturnDataOutOfBounds;
        }

        data.Slice((int)from.LowUInt64, length).CopyTo(m.Slice(at, length));
        return Status.Continue;
    }

    /// <summary>Pops destination, source offset and size, and charges for words and memory; false when out of gas.</summary>
    public static bool TryPrepareCopy(ref Machine m, out int at, out int length, out UInt256 from)
    {
        ref var to = ref m.Pop();
        from = m.Pop();
        ref var size = ref m.Pop();
        return m.TryExpand(to, size, out at, out length) && m.TryChargeWords(length, FrontierGas.CopyWord);
    }

    /// <summary>Copies the source from <paramref name="from"/>, and fills the rest of the destination with zeros.</summary>
    public static void CopyPadded(ReadOnlySpan<byte> source, in UInt256 from, Span<byte> destination)
    {
        source = from.FitsUInt64 && from.LowUInt64 < (ulong)source.Length ? source[(int)from.LowUInt64..] : [];
        source = source[..Math.Min(source.Length, destination.Length)];
        source.CopyTo(destination);
        destination[source.Length..].Clear();
    }

    /// <summary>Registers opcode, pops, pushes and fixed gas of each instruction.</summary>
    public static unsafe void Register(InstructionSet.Builder set)
    {
        set.Add(0x30, &Address, 0, 1, FrontierGas.Base);
        set.Add(0x32, &Origin, 0, 1, FrontierGas.Base);
        set.Add(0x33, &Caller, 0, 1, FrontierGas.Base);
        set.Add(0x34, &CallValue, 0, 1, FrontierGas.Base);
        set.Add(0x35, &CallDataLoad, 1, 1, FrontierGas.VeryLow);
        set.Add(0x36, &CallDataSize, 0, 1, FrontierGas.Base);
        set.Add(0x37, &CallDataCopy, 3, 0, FrontierGas.VeryLow);
        set.Add(0x38, &CodeSize, 0, 1, FrontierGas.Base);
        set.Add(0x39, &CodeCopy, 3, 0, FrontierGas.VeryLow);
        set.Add(0x3a, &GasPrice, 0, 1, FrontierGas.Base);
        set.AddFrom(Fork.Byzantium, 0x3d, &ReturnDataSize, 0, 1, FrontierGas.Base);
        set.AddFrom(Fork.Byzantium, 0x3e, &ReturnDataCopy, 3, 0, FrontierGas.VeryLow);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LoadPadded(ReadOnlySpan<byte> source, out UInt256 word)
    {
        if (source.Length == UInt256.Size)
        {
            UInt256.ReadWord(in source[0], out word);
            return;
        }

        Span<byte> padded = stackalloc byte[UInt256.Size];
        padded.Clear();
        source.CopyTo(padded);
        UInt256.ReadWord(in padded[0], out word);
    }
}
