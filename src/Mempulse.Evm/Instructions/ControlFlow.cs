using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;

namespace Mempulse.Evm.Instructions;

/// <summary>Flow operations: JUMP, JUMPI, PC, GAS and JUMPDEST.</summary>
internal static class ControlFlow
{
    /// <summary>PC: the loop has already advanced past the instruction.</summary>
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

    /// <summary>Registers opcode, pops, pushes and fixed gas of each instruction.</summary>
    public static unsafe void Register(InstructionSet.Builder set)
    {
        set.AddInline(0x56, InlineCode.Jump, 1, 0, FrontierGas.Mid);
        set.AddInline(0x57, InlineCode.JumpI, 2, 0, FrontierGas.High);
        set.Add(0x58, &Pc, 0, 1, FrontierGas.Base);
        set.Add(0x5a, &Gas, 0, 1, FrontierGas.Base);
        set.AddInline(0x5b, InlineCode.JumpDest, 0, 0, FrontierGas.JumpDest);
    }
}
