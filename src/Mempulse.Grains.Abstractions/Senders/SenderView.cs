using Mempulse.Primitives;

namespace Mempulse.Grains.Senders;

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

    /// <summary>The nonce of its next transaction on chain; null while no block and no node told it.</summary>
    [Id(2)]
    public Nonce? NextNonce { get; init; }

    /// <summary>What waits in the fold, by nonce.</summary>
    [Id(3)]
    public IReadOnlyList<SenderTx> Waiting { get; init; } = [];

    /// <summary>Its latest transactions that the log knows, the newest first.</summary>
    [Id(4)]
    public IReadOnlyList<Hash256> Recent { get; init; } = [];
}
