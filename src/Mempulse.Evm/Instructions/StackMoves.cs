using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;
using Mempulse.Primitives;

namespace Mempulse.Evm.Instructions;

/// <summary>PUSH0 to PUSH32, DUP1 to DUP16, SWAP1 to SWAP16: 0x5f to 0x9f.</summary>
internal static class StackMoves
{
    private const byte Push1Code = 0x60;
    private const byte Dup1Code = 0x80;
    private const byte Swap1Code = 0x90;
    private const int MaxPushBytes = 32;
    private const int MaxReach = 16;

    /// <summary>EIP-3855.</summary>
    public static Status Push0(ref Machine m)
    {
        m.Push() = default;
        return Status.Continue;
    }

    public static Status Push1(ref Machine m)
    {
        m.Push() = Unsafe.Add(ref m.Code, m.Pc);
        m.Pc = unchecked(m.Pc + 1); // within the padding
        return Status.Continue;
    }

    /// <summary>Bytes past the end of the code are zeros: that is its padding.</summary>
    public static Status Push(ref Machine m)
    {
        int length = CodeBefore(ref m) - Push1Code + 1;
        m.Push() = UInt256.FromBigEndian(MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref m.Code, m.Pc), length));
        m.Pc = unchecked(m.Pc + length); // within the padding
        return Status.Continue;
    }

    public static Status Push32(ref Machine m)
    {
        UInt256.ReadWord(ref Unsafe.Add(ref m.Code, m.Pc), out m.Push());
        m.Pc = unchecked(m.Pc + UInt256.Size); // within the padding
        return Status.Continue;
    }

    public static Status Dup(ref Machine m)
    {
        ref var source = ref m.Peek(CodeBefore(ref m) - Dup1Code);
        m.Push() = source;
        return Status.Continue;
    }

    public static Status Swap(ref Machine m)
    {
        ref var deep = ref m.Peek(CodeBefore(ref m) - Swap1Code + 1);
        ref var top = ref m.Top();
        (top, deep) = (deep, top);
        return Status.Continue;
    }

    /// <summary>Code, words needed, words grown and gas of each instruction here.</summary>
    public static unsafe void Register(InstructionSet.Builder set)
    {
        set.AddFrom(Fork.Shanghai, Push1Code - 1, &Push0, 0, 1, FrontierGas.Base);
        for (int i = 0; i < MaxPushBytes; i++)
        {
            set.Add((byte)(Push1Code + i), &Push, 0, 1, FrontierGas.VeryLow);
        }

        set.Add(Push1Code, &Push1, 0, 1, FrontierGas.VeryLow);
        set.Add(Push1Code + MaxPushBytes - 1, &Push32, 0, 1, FrontierGas.VeryLow);
        for (int i = 0; i < MaxReach; i++)
        {
            set.AddReaching((byte)(Dup1Code + i), &Dup, i + 1, 1, FrontierGas.VeryLow);
            set.AddReaching((byte)(Swap1Code + i), &Swap, i + 2, 0, FrontierGas.VeryLow);
        }
    }

    /// <summary>The instruction itself, which the loop is one past.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int CodeBefore(ref Machine m) => Unsafe.Add(ref m.Code, unchecked(m.Pc - 1));
}
