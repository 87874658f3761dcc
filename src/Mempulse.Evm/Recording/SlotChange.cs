using Mempulse.Primitives;

namespace Mempulse.Evm.Recording;

/// <summary>A storage slot that a transaction accessed.</summary>
/// <param name="Slot">The slot key.</param>
/// <param name="Before">Value before the transaction.</param>
/// <param name="After">Value after the transaction.</param>
public readonly record struct SlotChange(UInt256 Slot, UInt256 Before, UInt256 After);
