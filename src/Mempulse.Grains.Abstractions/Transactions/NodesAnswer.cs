namespace Mempulse.Grains.Abstractions.Transactions;

/// <summary>What the nodes of a chain said about a transaction.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.nodes-answer")]
public sealed record NodesAnswer
{
    /// <summary>A statement of each node, in the order of the configuration; empty if none could be asked.</summary>
    [Id(0)]
    public IReadOnlyList<NodeStatement> Statements { get; init; } = [];

    /// <summary>Why none could be asked, in a sentence; empty if they were.</summary>
    [Id(1)]
    public string Problem { get; init; } = string.Empty;
}
