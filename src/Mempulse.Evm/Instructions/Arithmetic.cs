using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;
using Mempulse.Primitives;

namespace Mempulse.Evm.Instructions;

/// <summary>Arithmetic operations: 0x01 to 0x0b. Yellow Paper, appendix H.2.</summary>
internal static class Arithmetic
{
    public static Status Div(ref Machine m)
    {
        ref var a = ref m.Pop();
        ref var b = ref m.Top();
        UInt256.Divide(a, b, out b);
        return Status.Continue;
    }

    public static Status SDiv(ref Machine m)
    {
        ref var a = ref m.Pop();
        ref var b = ref m.Top();
        UInt256.DivideSigned(a, b, out b);
        return Status.Continue;
    }

    public static Status Mod(ref Machine m)
    {
        ref var a = ref m.Pop();
        ref var b = ref m.Top();
        UInt256.Remainder(a, b, out b);
        return Status.Continue;
    }

    public static Status SMod(ref Machine m)
    {
        ref var a = ref m.Pop();
        ref var b = ref m.Top();
        UInt256.RemainderSigned(a, b, out b);
        return Status.Continue;
    }

    public static Status AddMod(ref Machine m)
    {
        ref var a = ref m.Pop();
        ref var b = ref m.Pop();
        ref var modulus = ref m.Top();
        UInt256.AddModulo(a, b, modulus, out modulus);
        return Status.Continue;
    }

    public static Status MulMod(ref Machine m)
    {
        ref var a = ref m.Pop();
        ref var b = ref m.Pop();
        ref var modulus = ref m.Top();
        UInt256.MultiplyModulo(a, b, modulus, out modulus);
        return Status.Continue;
    }

    /// <summary>EXP, with a gas cost per byte of the exponent (EIP-160).</summary>
    public static Status Exp(ref Machine m)
    {
        ref var value = ref m.Pop();
        ref var exponent = ref m.Top();
        if (!m.TryCharge(exponent.ByteLength * m.Rules.ExpByteGas))
        {
            return Status.OutOfGas;
        }

        UInt256.PowWrapping(value, exponent, out exponent);
        return Status.Continue;
    }

    public static Status SignExtend(ref Machine m)
    {
        ref var index = ref m.Pop();
        ref var value = ref m.Top();
        if (index.FitsUInt64 && index.LowUInt64 < UInt256.Size - 1)
        {
            UInt256.SignExtend(value, (int)index.LowUInt64, out value);
        }

        return Status.Continue;
    }

    /// <summary>Registers opcode, pops, pushes and fixed gas of each instruction.</summary>
    public static unsafe void Register(InstructionSet.Builder set)
    {
        set.AddInline(0x01, InlineCode.Add, 2, 1, FrontierGas.VeryLow);
        set.AddInline(0x02, InlineCode.Mul, 2, 1, FrontierGas.Low);
        set.AddInline(0x03, InlineCode.Sub, 2, 1, FrontierGas.VeryLow);
        set.Add(0x04, &Div, 2, 1, FrontierGas.Low);
        set.Add(0x05, &SDiv, 2, 1, FrontierGas.Low);
        set.Add(0x06, &Mod, 2, 1, FrontierGas.Low);
        set.Add(0x07, &SMod, 2, 1, FrontierGas.Low);
        set.Add(0x08, &AddMod, 3, 1, FrontierGas.Mid);
        set.Add(0x09, &MulMod, 3, 1, FrontierGas.Mid);
        set.Add(0x0a, &Exp, 2, 1, FrontierGas.Exp);
        set.Add(0x0b, &SignExtend, 2, 1, FrontierGas.Low);
    }
}
