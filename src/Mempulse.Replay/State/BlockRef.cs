using Mempulse.Primitives;

namespace Mempulse.Replay.State;

/// <summary>A canonical block as its transactions remember it.</summary>
internal sealed class BlockRef(BlockNumber number, Hash256 hash)
{
    public BlockNumber Number { get; } = number;

    public Hash256 Hash { get; } = hash;

    /// <summary>True once the block left the window: nothing takes it back any more.</summary>
    public bool IsFinal { get; set; }
}
