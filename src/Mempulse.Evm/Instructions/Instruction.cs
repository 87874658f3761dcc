using Mempulse.Evm.Frames;

namespace Mempulse.Evm.Instructions;

/// <summary>A row of the instruction table: 16 bytes, so that a row never straddles two cache lines.</summary>
internal unsafe struct Instruction
{
    /// <summary>The implementation, also of an inline instruction that the loop leaves to it.</summary>
    public delegate*<ref Machine, Status> Run;

    /// <summary>Minimum size of the stack, in bytes.</summary>
    public ushort MinBytes;

    /// <summary>Size above the minimum that the stack may have, in bytes, so that the pushed words still fit.</summary>
    public ushort ExtraBytes;

    /// <summary>The fixed part of the gas cost.</summary>
    public ushort Gas;

    /// <summary>How the loop executes it.</summary>
    public InlineCode Inline;

    /// <summary>A number that the inline instruction uses.</summary>
    public byte Operand;
}
