namespace Mempulse.Client.Simulations;

/// <summary>What a transaction is for, by two classifiers: its decoded call, and what moved in it.</summary>
public sealed record SimLabelPart
{
    /// <summary>The label: none, transfer, wrap, swap, arbitrage, liquidation, mint, burn, approval or unknown.</summary>
    public required string Label { get; init; }

    /// <summary>Which classifier gave it: abi, flow, both or neither.</summary>
    public required string Source { get; init; }

    /// <summary>What the decoded call says.</summary>
    public required string ByAbi { get; init; }

    /// <summary>What the movements say; null if the transaction failed.</summary>
    public string? ByFlow { get; init; }

    /// <summary>True if both know, and say different things.</summary>
    public required bool Disagreement { get; init; }

    /// <summary>What the sender and the contract that it calls gave or received, without fees. The zero account is ether and its wrapped token.</summary>
    public required IReadOnlyList<TokenDeltaPart> Nets { get; init; }
}
