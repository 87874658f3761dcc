namespace Mempulse.Client.Transactions;

/// <summary>What the chain's nodes say about a transaction now. Statements are not events: nothing proves them, and they are not recorded.</summary>
public sealed record NodesResponse
{
    /// <summary>The chain.</summary>
    public required string Chain { get; init; }

    /// <summary>The transaction.</summary>
    public required string Hash { get; init; }

    /// <summary>When they had answered.</summary>
    public required string AskedAt { get; init; }

    /// <summary>A statement of each node, in the order of the configuration.</summary>
    public required IReadOnlyList<NodeStatementPart> Nodes { get; init; }
}
