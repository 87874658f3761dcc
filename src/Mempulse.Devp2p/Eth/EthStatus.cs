using Mempulse.Devp2p.Forks;
using Mempulse.Primitives;

namespace Mempulse.Devp2p.Eth;

/// <summary>What a node says of its chain before anything else.</summary>
/// <remarks>
/// <see href="https://github.com/ethereum/devp2p/blob/master/caps/eth.md#status-0x00"/>; since eth/69 (EIP-7642) without the total difficulty and
/// with the range of blocks that it has.
/// </remarks>
public sealed record EthStatus
{
    /// <summary>Version of eth; must be the negotiated one.</summary>
    public required ulong Version { get; init; }

    /// <summary>The network.</summary>
    public required ulong NetworkId { get; init; }

    /// <summary>Hash of block 0.</summary>
    public required Hash256 Genesis { get; init; }

    /// <summary>Forks passed and next.</summary>
    public required ForkId ForkId { get; init; }

    /// <summary>Hash of the newest block.</summary>
    public required Hash256 Head { get; init; }

    /// <summary>Difficulty of the chain up to the head; up to eth/68, 0 later.</summary>
    public UInt256 TotalDifficulty { get; init; }

    /// <summary>Lowest block that the node can serve; from eth/69.</summary>
    public ulong EarliestBlock { get; init; }

    /// <summary>Number of the head; from eth/69.</summary>
    public ulong LatestBlock { get; init; }
}
