namespace Mempulse.Architecture.Tests.Reachability;

/// <summary>Types that stay although nothing reaches them yet, each with its reason. An entry that is no longer needed fails a test.</summary>
internal static class UnreachedTypes
{
    /// <summary>A type, and why it stays; what it uses stays with it.</summary>
    internal sealed record Allowance(string TypeName, string Reason);

    /// <summary>All entries.</summary>
    public static readonly IReadOnlyList<Allowance> All =
    [
        new("Mempulse.Evm.BlockProcessing.BlockRules", "The rules of headers and bodies that the block follower will check before it executes a block."),
        new("Mempulse.Evm.State.MerkleState", "The state under a root on which the block follower will execute blocks; the only one that computes a block's state root."),
        new("Mempulse.Features.Pools.Curve.StablePool", "A pool of the pool book, which the facts about pools will fill."),
        new("Mempulse.Features.Pools.Curve.CryptoPool", "A pool of the pool book, which the facts about pools will fill."),
        new("Mempulse.Features.Pools.Balancer.WeightedPool", "A pool of the pool book, which the facts about pools will fill."),
        new("Mempulse.Features.Pools.Balancer.BalancerStablePool", "A pool of the pool book, which the facts about pools will fill."),
    ];
}
