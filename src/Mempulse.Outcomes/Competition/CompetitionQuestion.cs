using Mempulse.Evm.Blocks;
using Mempulse.Primitives;

namespace Mempulse.Outcomes.Competition;

/// <summary>A block, and a bundle that is not in it.</summary>
public sealed record CompetitionQuestion
{
    /// <summary>What transactions of the block can read of it.</summary>
    public required BlockEnv Block { get; init; }

    /// <summary>The hash of the block before, which EIP-2935 stores.</summary>
    public required Hash256 ParentHash { get; init; }

    /// <summary>The beacon root that EIP-4788 stores; null before Cancun.</summary>
    public Hash256? ParentBeaconRoot { get; init; }

    /// <summary>The block's transactions, in order.</summary>
    public required IReadOnlyList<PlacedTransaction> Transactions { get; init; }

    /// <summary>The bundle's transactions, in order.</summary>
    public required IReadOnlyList<BundleLeg> Bundle { get; init; }

    /// <summary>The account whose gain counts.</summary>
    public required Address Account { get; init; }

    /// <summary>The token that it is counted in.</summary>
    public required Address Token { get; init; }
}
