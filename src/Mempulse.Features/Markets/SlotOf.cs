using Mempulse.Primitives;

namespace Mempulse.Features.Markets;

/// <summary>A slot of one of a market's contracts.</summary>
/// <param name="Contract">The contract.</param>
/// <param name="Slot">The slot.</param>
public readonly record struct SlotOf(Address Contract, UInt256 Slot);
