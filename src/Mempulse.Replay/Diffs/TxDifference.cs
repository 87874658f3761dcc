using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Replay.Diffs;

/// <summary>A transaction that stands elsewhere than before.</summary>
/// <param name="Hash">The transaction.</param>
/// <param name="Before">Where it stood; <see cref="TxState.Unknown"/> when the fold did not hold it.</param>
/// <param name="After">Where it stands; <see cref="TxState.Unknown"/> when it left the fold.</param>
public readonly record struct TxDifference(Hash256 Hash, TxState Before, TxState After);
