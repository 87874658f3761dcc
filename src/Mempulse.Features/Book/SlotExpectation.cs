using Mempulse.Primitives;

namespace Mempulse.Features.Book;

/// <summary>What a slot has to be, in the bits that are known.</summary>
/// <param name="Slot">The slot.</param>
/// <param name="Bits">The bits that are known, from the lowest on: 1 to 256.</param>
/// <param name="Value">Their value.</param>
public readonly record struct SlotExpectation(UInt256 Slot, int Bits, UInt256 Value)
{
    /// <summary>Returns true if a value has the bits that are known.</summary>
    public bool IsMetBy(in UInt256 found) => WordField.Read(found, 0, Bits) == Value;
}
