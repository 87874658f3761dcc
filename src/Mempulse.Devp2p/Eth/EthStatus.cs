using Mempulse.Devp2p.Forks;
using Mempulse.Primitives;

namespace Mempulse.Devp2p.Eth;

/// <summary>The chain that a node states in its first eth message.</summary>
/// <remarks>
/// <see href="https://github.com/ethereum/devp2p/blob/master/caps/eth.md#status-0x00"/>. Since eth/69 (EIP-7642) it states the range of blocks that the
/// node can serve instead of the total difficulty.
/// </remarks>
public sealed record EthStatus
{
    /// <summary>Version of eth; must equal the negotiated version.</summary>
    public required ulong Version { get; init; }

    /// <summary>The network id.</summary>
    public required ulong NetworkId { get; init; }

    /// <summary>Hash of block 0.</summary>
    public required Hash256 Genesis { get; init; }

    /// <summary>The fork id at the node's head.</summary>
    public required ForkId ForkId { get; init; }

    /// <summary>Hash of the newest block.</summary>
    public required Hash256 Head { get; init; }

    /// <summary>Total difficulty up to the head; up to eth/68, then 0.</summary>
    public UInt256 TotalDifficulty { get; init; }

    /// <summary>Lowest block that the node can serve; since eth/69.</summary>
    public ulong EarliestBlock { get; init; }

    /// <summary>Number of the newest block; since eth/69.</summary>
    public ulong LatestBlock { get; init; }
}
