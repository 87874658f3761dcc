using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;
using Mempulse.Primitives;

namespace Mempulse.Evm.Instructions;

/// <summary>Comparison and bitwise operations: 0x10 to 0x1e. Yellow Paper, appendix H.2; EIP-145 for shifts, EIP-7939 for CLZ.</summary>
internal static class Bitwise
{
    private const ulong WordBits = 256;

    public static Status Slt(ref Machine m)
    {
        ref var a = ref m.Pop();
        ref var b = ref m.Top();
        b = UInt256.IsLessSigned(a, b) ? 1UL : 0UL;
        return Status.Continue;
    }

    public static Status Sgt(ref Machine m)
    {
        ref var a = ref m.Pop();
        ref var b = ref m.Top();
        b = UInt256.IsLessSigned(b, a) ? 1UL : 0UL;
        return Status.Continue;
    }

    public static Status Byte(ref Machine m)
    {
        ref var index = ref m.Pop();
        ref var value = ref m.Top();
        value = index.FitsUInt64 && index.LowUInt64 < UInt256.Size ? value.ByteAt((int)index.LowUInt64) : 0UL;
        return Status.Continue;
    }

    public static Status Sar(ref Machine m)
    {
        ref var bits = ref m.Pop();
        ref var value = ref m.Top();
        int shift = bits.FitsUInt64 && bits.LowUInt64 < WordBits ? (int)bits.LowUInt64 : (int)WordBits - 1;
        UInt256.ShiftRightSigned(value, shift, out value);
        return Status.Continue;
    }

    public static Status Clz(ref Machine m)
    {
        ref var value = ref m.Top();
        value = (ulong)value.LeadingZeroCount;
        return Status.Continue;
    }

    /// <summary>Registers opcode, pops, pushes and fixed gas of each instruction.</summary>
    public static unsafe void Register(InstructionSet.Builder set)
    {
        set.AddInline(0x10, InlineCode.Lt, 2, 1, FrontierGas.VeryLow);
        set.AddInline(0x11, InlineCode.Gt, 2, 1, FrontierGas.VeryLow);
        set.Add(0x12, &Slt, 2, 1, FrontierGas.VeryLow);
        set.Add(0x13, &Sgt, 2, 1, FrontierGas.VeryLow);
        set.AddInline(0x14, InlineCode.Eq, 2, 1, FrontierGas.VeryLow);
        set.AddInline(0x15, InlineCode.IsZero, 1, 1, FrontierGas.VeryLow);
        set.AddInline(0x16, InlineCode.And, 2, 1, FrontierGas.VeryLow);
        set.AddInline(0x17, InlineCode.Or, 2, 1, FrontierGas.VeryLow);
        set.AddInline(0x18, InlineCode.Xor, 2, 1, FrontierGas.VeryLow);
        set.AddInline(0x19, InlineCode.Not, 1, 1, FrontierGas.VeryLow);
        set.Add(0x1a, &Byte, 2, 1, FrontierGas.VeryLow);
        set.AddInlineFrom(Fork.Constantinople, 0x1b, InlineCode.Shl, 2, 1, FrontierGas.VeryLow);
        set.AddInlineFrom(Fork.Constantinople, 0x1c, InlineCode.Shr, 2, 1, FrontierGas.VeryLow);
        set.AddFrom(Fork.Constantinople, 0x1d, &Sar, 2, 1, FrontierGas.VeryLow);
        set.AddFrom(Fork.Osaka, 0x1e, &Clz, 1, 1, FrontierGas.Low);
    }
}
