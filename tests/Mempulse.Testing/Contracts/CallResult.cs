using Mempulse.Primitives;

namespace Mempulse.Testing.Contracts;

/// <summary>How a call to a contract ended.</summary>
/// <param name="IsSuccess">False if it reverted.</param>
/// <param name="Output">What it returned, or its revert data.</param>
public readonly record struct CallResult(bool IsSuccess, ReadOnlyMemory<byte> Output)
{
    /// <summary>A word of the output, from 0.</summary>
    public UInt256 Word(int index) => UInt256.FromBigEndian(Output.Span.Slice(index * UInt256.Size, UInt256.Size));
}
