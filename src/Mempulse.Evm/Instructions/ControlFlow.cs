using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;

namespace Mempulse.Evm.Instructions;

/// <summary>POP, jumps, PC, GAS and JUMPDEST.</summary>
internal static class ControlFlow
{
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

    /// <summary>Code, words taken, words given and gas of each instruction here.</summary>
    public static unsafe void Register(InstructionSet.Builder set)
    {
        set.Add(0x50, InstructionSet.InLoop, 1, 0, FrontierGas.Base);
        set.Add(0x56, InstructionSet.InLoop, 1, 0, FrontierGas.Mid);
        set.Add(0x57, InstructionSet.InLoop, 2, 0, FrontierGas.High);
        set.Add(0x58, &Pc, 0, 1, FrontierGas.Base);
        set.Add(0x5a, &Gas, 0, 1, FrontierGas.Base);
        set.Add(0x5b, InstructionSet.InLoop, 0, 0, FrontierGas.JumpDest);
    }
}
