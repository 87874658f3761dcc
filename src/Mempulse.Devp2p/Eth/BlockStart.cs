using Mempulse.Primitives;

namespace Mempulse.Devp2p.Eth;

/// <summary>The first block of a header request: a hash or a number.</summary>
public readonly record struct BlockStart
{
    private BlockStart(Hash256? hash, ulong number)
    {
        Hash = hash;
        Number = number;
    }

    /// <summary>The hash; null when the start is a number.</summary>
    public Hash256? Hash { get; }

    /// <summary>The number; meaningless when the start is a hash.</summary>
    public ulong Number { get; }

    /// <summary>Starts at the block with this hash.</summary>
    public static BlockStart AtHash(Hash256 hash) => new(hash, 0);

    /// <summary>Starts at the block with this number.</summary>
    public static BlockStart AtNumber(ulong number) => new(null, number);
}
