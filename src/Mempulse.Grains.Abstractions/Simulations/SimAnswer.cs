namespace Mempulse.Grains.Abstractions.Simulations;

/// <summary>The answer to a <see cref="SimQuery"/>.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.sim-answer")]
public sealed record SimAnswer
{
    /// <summary>How the request was handled.</summary>
    [Id(0)]
    public required SimAnswerKind Kind { get; init; }

    /// <summary>Why there is no recorded simulation, in a sentence; empty when there is.</summary>
    [Id(1)]
    public string Detail { get; init; } = string.Empty;

    /// <summary>The simulation; null when it was not recorded.</summary>
    [Id(2)]
    public SimView? Sim { get; init; }

    /// <summary>The transactions as they ran.</summary>
    [Id(3)]
    public IReadOnlyList<SimTxView> Transactions { get; init; } = [];

    /// <summary>The changes of the account's token balances.</summary>
    [Id(4)]
    public IReadOnlyList<SimTokenDelta> TokenDeltas { get; init; } = [];
}
