using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Features.Listing;

/// <summary>A transaction that no longer waits.</summary>
/// <param name="Hash">The transaction.</param>
/// <param name="State">Its state now: in a block, replaced, or expired; unknown once the fold has forgotten it.</param>
public readonly record struct ListedEnd(Hash256 Hash, TxState State);
