using Mempulse.Ethereum.Blocks;
using Mempulse.Primitives.Events;

namespace Mempulse.Cli.Captures.Making;

/// <summary>A real block, with the bytes of its transactions in order.</summary>
/// <param name="Header">Its header.</param>
/// <param name="Observed">The block as a follower reports it.</param>
/// <param name="Bodies">The signed transactions in consensus form.</param>
internal sealed record RealBlock(BlockHeader Header, LogEvent.BlockObserved Observed, IReadOnlyList<byte[]> Bodies);
