using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Replay.Diffs;

/// <summary>A transaction and where it stood.</summary>
/// <param name="Hash">The transaction.</param>
/// <param name="State">Where it stood.</param>
public readonly record struct TxStanding(Hash256 Hash, TxState State);
