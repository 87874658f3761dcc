using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;
using Mempulse.Primitives;

namespace Mempulse.Evm.Instructions;

/// <summary>Comparisons and bits: 0x10 to 0x1e. Yellow Paper, appendix H.2; EIP-145 for shifts, EIP-7939 for CLZ.</summary>
internal static class Bitwise
{
    private const ulong WordBits = 256;

    public static Status Lt(ref Machine m)
    {
        ref var a = ref m.Pop();
        ref var b = ref m.Top();
        b = UInt256.IsLess(a, b) ? 1UL : 0UL;
        return Status.Continue;
    }

    public static Status Gt(ref Machine m)
    {
        ref var a = ref m.Pop();
        ref var b = ref m.Top();
        b = UInt256.IsLess(b, a) ? 1UL : 0UL;
        return Status.Continue;
    }

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

    public static Status Eq(ref Machine m)
    {
        ref var a = ref m.Pop();
        ref var b = ref m.Top();
        b = UInt256.AreEqual(a, b) ? 1UL : 0UL;
        return Status.Continue;
    }

    public static Status IsZero(ref Machine m)
    {
        ref var a = ref m.Top();
        a = a.IsZero ? 1UL : 0UL;
        return Status.Continue;
    }

    public static Status And(ref Machine m)
    {
        ref var a = ref m.Pop();
        ref var b = ref m.Top();
        UInt256.BitwiseAnd(a, b, out b);
        return Status.Continue;
    }

    public static Status Or(ref Machine m)
    {
        ref var a = ref m.Pop();
        ref var b = ref m.Top();
        UInt256.BitwiseOr(a, b, out b);
        return Status.Continue;
    }

    public static Status Xor(ref Machine m)
    {
        ref var a = ref m.Pop();
        ref var b = ref m.Top();
        UInt256.BitwiseXor(a, b, out b);
        return Status.Continue;
    }

    public static Status Not(ref Machine m)
    {
        ref var a = ref m.Top();
        UInt256.Complement(a, out a);
        return Status.Continue;
    }

    public static Status Byte(ref Machine m)
    {
        ref var index = ref m.Pop();
        ref var value = ref m.Top();
        value = index.FitsUInt64 && index.LowUInt64 < UInt256.Size ? value.ByteAt((int)index.LowUInt64) : 0UL;
        return Status.Continue;
    }

    public static Status Shl(ref Machine m)
    {
        ref var bits = ref m.Pop();
        ref var value = ref m.Top();
        if (bits.FitsUInt64 && bits.LowUInt64 < WordBits)
        {
            UInt256.ShiftLeft(value, (int)bits.LowUInt64, out value);
            return Status.Continue;
        }

        value = default;
        return Status.Continue;
    }

    public static Status Shr(ref Machine m)
    {
        ref var bits = ref m.Pop();
        ref var value = ref m.Top();
        if (bits.FitsUInt64 && bits.LowUInt64 < WordBits)
        {
            UInt256.ShiftRight(value, (int)bits.LowUInt64, out value);
            return Status.Continue;
        }

        value = default;
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

    /// <summary>Code, words taken, words given and gas of each instruction here.</summary>
    public static unsafe void Register(InstructionSet.Builder set)
    {
        set.Add(0x10, &Lt, 2, 1, FrontierGas.VeryLow);
        set.Add(0x11, &Gt, 2, 1, FrontierGas.VeryLow);
        set.Add(0x12, &Slt, 2, 1, FrontierGas.VeryLow);
        set.Add(0x13, &Sgt, 2, 1, FrontierGas.VeryLow);
        set.Add(0x14, &Eq, 2, 1, FrontierGas.VeryLow);
        set.Add(0x15, &IsZero, 1, 1, FrontierGas.VeryLow);
        set.Add(0x16, &And, 2, 1, FrontierGas.VeryLow);
        set.Add(0x17, &Or, 2, 1, FrontierGas.VeryLow);
        set.Add(0x18, &Xor, 2, 1, FrontierGas.VeryLow);
        set.Add(0x19, &Not, 1, 1, FrontierGas.VeryLow);
        set.Add(0x1a, &Byte, 2, 1, FrontierGas.VeryLow);
        set.AddFrom(Fork.Constantinople, 0x1b, &Shl, 2, 1, FrontierGas.VeryLow);
        set.AddFrom(Fork.Constantinople, 0x1c, &Shr, 2, 1, FrontierGas.VeryLow);
        set.AddFrom(Fork.Constantinople, 0x1d, &Sar, 2, 1, FrontierGas.VeryLow);
        set.AddFrom(Fork.Osaka, 0x1e, &Clz, 1, 1, FrontierGas.Low);
    }
}
