using Mempulse.Primitives;

namespace Mempulse.Replay.Views;

/// <summary>The canonical head as the fold holds it.</summary>
/// <param name="Number">Its height.</param>
/// <param name="Hash">The block.</param>
/// <param name="TimestampSeconds">Its timestamp, in seconds since the Unix epoch.</param>
public readonly record struct ChainHead(BlockNumber Number, Hash256 Hash, ulong TimestampSeconds);
