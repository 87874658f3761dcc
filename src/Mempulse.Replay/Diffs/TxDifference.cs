using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Replay.Diffs;

/// <summary>A transaction whose state differs between two snapshots.</summary>
/// <param name="Hash">The transaction.</param>
/// <param name="Before">Its earlier state; <see cref="TxState.Unknown"/> when the fold did not hold it.</param>
/// <param name="After">Its later state; <see cref="TxState.Unknown"/> when it left the fold.</param>
public readonly record struct TxDifference(Hash256 Hash, TxState Before, TxState After);
