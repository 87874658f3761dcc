namespace Mempulse.Client.Senders;

/// <summary>One account and its nonce chain.</summary>
public sealed record SenderResponse
{
    /// <summary>The chain.</summary>
    public required string Chain { get; init; }

    /// <summary>True when the arrival times of this chain's input are synthetic, not measured.</summary>
    public required bool Synthetic { get; init; }

    /// <summary>The account.</summary>
    public required string Address { get; init; }

    /// <summary>The position in the log up to which this is true.</summary>
    public required ulong AsOfSeq { get; init; }

    /// <summary>The nonce of its next transaction on chain; null while unknown.</summary>
    public ulong? NextNonce { get; init; }

    /// <summary>The origin of the next nonce: Assumed, Reported by a node, or Chain; empty when the fold does not hold the account.</summary>
    public required string NonceKnowledge { get; init; }

    /// <summary>Its transactions in the fold, by nonce.</summary>
    public required IReadOnlyList<SenderTxPart> Transactions { get; init; }

    /// <summary>Number of nonces in the fold; may exceed the number listed.</summary>
    public required int NonceCount { get; init; }

    /// <summary>Missing nonces between those in the fold.</summary>
    public required IReadOnlyList<NonceGapPart> Gaps { get; init; }

    /// <summary>Its transactions with a body in the log, the first 1,000.</summary>
    public required IReadOnlyList<string> Logged { get; init; }
}
