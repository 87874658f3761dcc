using Mempulse.Evm.Frames;

namespace Mempulse.Evm.Instructions;

/// <summary>A row of the instruction table.</summary>
internal unsafe struct Instruction
{
    /// <summary>The implementation.</summary>
    public delegate*<ref Machine, Status> Run;

    /// <summary>Minimum number of words on the stack.</summary>
    public short MinWords;

    /// <summary>Number of words above the minimum that may be on the stack, so that the pushed words still fit.</summary>
    public short ExtraWords;

    /// <summary>The fixed part of the gas cost.</summary>
    public int Gas;
}
