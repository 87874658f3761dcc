using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Senders;

/// <summary>One account and its nonce chain.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.sender-view")]
public sealed record SenderView
{
    /// <summary>The account.</summary>
    [Id(0)]
    public required Address Address { get; init; }

    /// <summary>The position up to which this is true.</summary>
    [Id(1)]
    public required GlobalSeq AsOf { get; init; }

    /// <summary>True while the fold holds the account; otherwise only <see cref="Recent"/> is filled.</summary>
    [Id(2)]
    public bool IsHeld { get; init; }

    /// <summary>The nonce of its next transaction on chain; null while unknown.</summary>
    [Id(3)]
    public Nonce? NextNonce { get; init; }

    /// <summary>The origin of <see cref="NextNonce"/>: Assumed, Reported by a node, or Chain.</summary>
    [Id(4)]
    public string NonceKnowledge { get; init; } = string.Empty;

    /// <summary>Its transactions in the fold, by nonce. The list is bounded and keeps the lowest nonces.</summary>
    [Id(5)]
    public IReadOnlyList<SenderTx> Transactions { get; init; } = [];

    /// <summary>The number of nonces in the fold, including those not listed.</summary>
    [Id(6)]
    public int NonceCount { get; init; }

    /// <summary>The gaps between the nonces in the fold.</summary>
    [Id(7)]
    public IReadOnlyList<SenderGap> Gaps { get; init; } = [];

    /// <summary>Its transactions with a body in the log, oldest first. The list is bounded and keeps the oldest.</summary>
    [Id(8)]
    public IReadOnlyList<Hash256> Recent { get; init; } = [];
}
