using System.Runtime.CompilerServices;
using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;
using Mempulse.Primitives;

namespace Mempulse.Evm.Instructions;

/// <summary>Memory operations: MLOAD, MSTORE, MSTORE8, MSIZE and MCOPY (EIP-5656).</summary>
internal static class MemoryAccess
{
    public static Status MLoad(ref Machine m)
    {
        ref var word = ref m.Top();
        if (!m.TryExpandWord(word, UInt256.Size, out int at))
        {
            return Status.OutOfGas;
        }

        UInt256.ReadWord(ref Unsafe.Add(ref m.Memory, at), out word);
        return Status.Continue;
    }

    public static Status MStore(ref Machine m)
    {
        ref var offset = ref m.Pop();
        ref var value = ref m.Pop();
        if (!m.TryExpandWord(offset, UInt256.Size, out int at))
        {
            return Status.OutOfGas;
        }

        UInt256.WriteWord(ref Unsafe.Add(ref m.Memory, at), value);
        return Status.Continue;
    }

    public static Status MStore8(ref Machine m)
    {
        ref var offset = ref m.Pop();
        ref var value = ref m.Pop();
        if (!m.TryExpandWord(offset, 1, out int at))
        {
            return Status.OutOfGas;
        }

        Unsafe.Add(ref m.Memory, at) = unchecked((byte)value.LowUInt64); // MSTORE8 stores the lowest byte
        return Status.Continue;
    }

    public static Status MSize(ref Machine m)
    {
        m.Push() = (ulong)m.MemorySize;
        return Status.Continue;
    }

    /// <summary>MCOPY: expands memory to the higher of both ranges before copying.</summary>
    public static Status MCopy(ref Machine m)
    {
        ref var to = ref m.Pop();
        ref var from = ref m.Pop();
        ref var size = ref m.Pop();
        if (!m.TryExpand(UInt256.IsLess(to, from) ? from : to, size, out _, out int length) || !m.TryChargeWords(length, FrontierGas.CopyWord))
        {
            return Status.OutOfGas;
        }

        if (length != 0)
        {
            m.Slice((int)from.LowUInt64, length).CopyTo(m.Slice((int)to.LowUInt64, length));
        }

        return Status.Continue;
    }

    /// <summary>Registers opcode, pops, pushes and fixed gas of each instruction.</summary>
    public static unsafe void Register(InstructionSet.Builder set)
    {
        set.Add(0x51, &MLoad, 1, 1, FrontierGas.VeryLow);
        set.Add(0x52, &MStore, 2, 0, FrontierGas.VeryLow);
        set.Inline(0x51, InlineCode.MLoad, 0);
        set.Inline(0x52, InlineCode.MStore, 0);
        set.Add(0x53, &MStore8, 2, 0, FrontierGas.VeryLow);
        set.Add(0x59, &MSize, 0, 1, FrontierGas.Base);
        set.AddFrom(Fork.Cancun, 0x5e, &MCopy, 3, 0, FrontierGas.VeryLow);
    }
}
