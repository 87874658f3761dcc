using Mempulse.Primitives;

namespace Mempulse.Evm.Recording;

/// <summary>A slot that a transaction looked at.</summary>
/// <param name="Slot">Its key.</param>
/// <param name="Before">When the transaction began.</param>
/// <param name="After">When it had ended.</param>
public readonly record struct SlotChange(UInt256 Slot, UInt256 Before, UInt256 After);
