namespace Mempulse.Architecture.Tests.Reachability;

/// <summary>The types that stay although nothing reaches them yet, each with its reason. One that is no longer needed here fails a test.</summary>
internal static class UnreachedTypes
{
    /// <summary>A type, and why it stays; what it uses stays with it.</summary>
    internal sealed record Allowance(string TypeName, string Reason);

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<Allowance> All =
    [
        new("Mempulse.Evm.BlockProcessing.BlockRules", "The rules of headers and bodies that the block follower will hold every block to before it is executed."),
        new("Mempulse.Evm.State.MerkleState", "The state under a root that the block follower will execute blocks over; the only one that computes the root a block commits to."),
    ];
}
