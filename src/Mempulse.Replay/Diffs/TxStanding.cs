using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Replay.Diffs;

/// <summary>A transaction and its state.</summary>
/// <param name="Hash">The transaction.</param>
/// <param name="State">Its state.</param>
public readonly record struct TxStanding(Hash256 Hash, TxState State);
