using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;
using Mempulse.Primitives;

namespace Mempulse.Evm.Instructions;

/// <summary>POP, jumps, PC, GAS and JUMPDEST.</summary>
internal static class ControlFlow
{
    public static Status Pop(ref Machine m)
    {
        m.Sp = unchecked(m.Sp - 1); // the loop saw that there is one
        return Status.Continue;
    }

    public static Status Jump(ref Machine m)
    {
        ref var target = ref m.Pop();
        return JumpTo(ref m, target);
    }

    public static Status JumpI(ref Machine m)
    {
        ref var target = ref m.Pop();
        ref var condition = ref m.Pop();
        return condition.IsZero ? Status.Continue : JumpTo(ref m, target);
    }

    /// <summary>The loop is one past the instruction.</summary>
    public static Status Pc(ref Machine m)
    {
        m.Push() = (ulong)(m.Pc - 1);
        return Status.Continue;
    }

    public static Status Gas(ref Machine m)
    {
        m.Push() = (ulong)m.Gas;
        return Status.Continue;
    }

    public static Status JumpDest(ref Machine m) => Status.Continue;

    /// <summary>Code, words taken, words given and gas of each instruction here.</summary>
    public static unsafe void Register(InstructionSet.Builder set)
    {
        set.Add(0x50, &Pop, 1, 0, FrontierGas.Base);
        set.Add(0x56, &Jump, 1, 0, FrontierGas.Mid);
        set.Add(0x57, &JumpI, 2, 0, FrontierGas.High);
        set.Add(0x58, &Pc, 0, 1, FrontierGas.Base);
        set.Add(0x5a, &Gas, 0, 1, FrontierGas.Base);
        set.Add(0x5b, &JumpDest, 0, 0, FrontierGas.JumpDest);
    }

    private static Status JumpTo(ref Machine m, in UInt256 target)
    {
        if (!target.FitsUInt64 || target.LowUInt64 > int.MaxValue || !m.Frame.Code.IsJumpDestination((uint)target.LowUInt64))
        {
            return Status.InvalidJump;
        }

        m.Pc = (int)target.LowUInt64;
        return Status.Continue;
    }
}
