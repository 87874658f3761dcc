namespace Mempulse.Api.Senders;

/// <summary>One account and its nonce chain.</summary>
public sealed record SenderResponse
{
    /// <summary>The chain.</summary>
    public required string Chain { get; init; }

    /// <summary>True when the arrival times of this chain's input were made, not measured.</summary>
    public required bool Synthetic { get; init; }

    /// <summary>The account.</summary>
    public required string Address { get; init; }

    /// <summary>The position in the log up to which this is true.</summary>
    public required ulong AsOfSeq { get; init; }

    /// <summary>The nonce of its next transaction on chain; null while nothing tells.</summary>
    public ulong? NextNonce { get; init; }

    /// <summary>Where that is known from: Assumed, Told, Chain; empty when the fold does not hold the account.</summary>
    public required string NonceKnowledge { get; init; }

    /// <summary>What the fold holds of it, by nonce.</summary>
    public required IReadOnlyList<SenderTxPart> Transactions { get; init; }

    /// <summary>Nonces held in all; more than are listed when there are very many.</summary>
    public required int NonceCount { get; init; }

    /// <summary>Nonces that nobody has shown, between those held.</summary>
    public required IReadOnlyList<GapPart> Gaps { get; init; }

    /// <summary>Its transactions that the log has bodies of, the first 1,000.</summary>
    public required IReadOnlyList<string> Logged { get; init; }
}
