using Mempulse.Primitives;

namespace Mempulse.Features.Strategies;

/// <summary>A pending swap whose effect on the book is known.</summary>
/// <param name="Effect">The index of the swap among the effects of the tree.</param>
/// <param name="Legs">What it does in each pool, in order.</param>
/// <param name="Minimum">The least that it accepts of the last pool; zero if it accepts anything.</param>
/// <param name="IsExactOutput">True if it asks for an exact amount and the amount given follows from it.</param>
public sealed record PendingSwap(int Effect, IReadOnlyList<PendingLeg> Legs, UInt256 Minimum, bool IsExactOutput);
