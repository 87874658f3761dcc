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

    /// <summary>True while the fold holds the account; otherwise only <see cref="Recent"/> tells of it.</summary>
    [Id(2)]
    public bool IsHeld { get; init; }

    /// <summary>The nonce of its next transaction on chain; null while nothing tells.</summary>
    [Id(3)]
    public Nonce? NextNonce { get; init; }

    /// <summary>Where <see cref="NextNonce"/> is known from: Assumed, Told by a node, or the Chain itself.</summary>
    [Id(4)]
    public string NonceKnowledge { get; init; } = string.Empty;

    /// <summary>What the fold holds of it, by nonce; the first ones when there are very many.</summary>
    [Id(5)]
    public IReadOnlyList<SenderTx> Transactions { get; init; } = [];

    /// <summary>Nonces held in all.</summary>
    [Id(6)]
    public int NonceCount { get; init; }

    /// <summary>Nonces that nobody has shown, between those held.</summary>
    [Id(7)]
    public IReadOnlyList<SenderGap> Gaps { get; init; } = [];

    /// <summary>Its transactions that the log has bodies of, oldest first; the first ones when there are very many.</summary>
    [Id(8)]
    public IReadOnlyList<Hash256> Recent { get; init; } = [];
}
