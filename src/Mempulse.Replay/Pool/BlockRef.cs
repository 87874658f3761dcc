using Mempulse.Primitives;
using Mempulse.Replay.Lookups;

namespace Mempulse.Replay.Pool;

/// <summary>A canonical block as its transactions refer to it.</summary>
internal sealed class BlockRef(BlockNumber number, Hash256 hash) : IKeyed<Hash256>
{
    public BlockNumber Number { get; } = number;

    public Hash256 Hash { get; } = hash;

    /// <inheritdoc/>
    Hash256 IKeyed<Hash256>.Key => Hash;

    /// <summary>True once the block left the window: no reorg undoes it any more.</summary>
    public bool IsFinal { get; set; }

    /// <summary>True once the chain left it beyond finality. What it includes is confirmed on a chain that was abandoned.</summary>
    public bool IsAbandoned { get; set; }
}
