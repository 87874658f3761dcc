namespace Mempulse.Grains.Abstractions.Simulations;

/// <summary>The answer to a <see cref="SimQuery"/>.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.sim-answer")]
public sealed record SimAnswer
{
    /// <summary>What became of it.</summary>
    [Id(0)]
    public required SimAnswerKind Kind { get; init; }

    /// <summary>Why it was not simulated, in a sentence; empty when it was.</summary>
    [Id(1)]
    public string Detail { get; init; } = string.Empty;

    /// <summary>The simulation; null when it was not recorded.</summary>
    [Id(2)]
    public SimView? Sim { get; init; }

    /// <summary>Its transactions as they ran.</summary>
    [Id(3)]
    public IReadOnlyList<SimTxView> Transactions { get; init; } = [];

    /// <summary>What the account gained and lost of tokens.</summary>
    [Id(4)]
    public IReadOnlyList<SimTokenDelta> TokenDeltas { get; init; } = [];
}
