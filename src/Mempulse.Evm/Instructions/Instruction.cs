using Mempulse.Evm.Frames;

namespace Mempulse.Evm.Instructions;

/// <summary>A row of the instruction table.</summary>
internal unsafe struct Instruction
{
    /// <summary>What it does.</summary>
    public delegate*<ref Machine, Status> Run;

    /// <summary>The fewest words it can run on.</summary>
    public short LeastWords;

    /// <summary>How many more than those there may be, so that what it gives fits the stack.</summary>
    public short WordRange;

    /// <summary>The part of its gas that is always the same.</summary>
    public int Gas;
}
