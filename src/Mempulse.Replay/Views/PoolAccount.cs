using Mempulse.Primitives;

namespace Mempulse.Replay.Views;

/// <summary>An account's nonce chain as the fold holds it.</summary>
public sealed record PoolAccount
{
    /// <summary>Maximum number of nonces listed in one answer.</summary>
    public const int MaxListed = 1_024;

    /// <summary>The account.</summary>
    public required Address Address { get; init; }

    /// <summary>The nonce of its next transaction; while <see cref="Knowledge"/> is Assumed, the lowest waiting nonce, or null if nothing waits.</summary>
    public required Nonce? Next { get; init; }

    /// <summary>How <see cref="Next"/> is known.</summary>
    public required NonceKnowledge Knowledge { get; init; }

    /// <summary>The first nonce that is not ready: transactions waiting below it are pending, the others queued.</summary>
    public required Nonce ReadyEnd { get; init; }

    /// <summary>Which transaction holds which nonce, in ascending order, at most <see cref="MaxListed"/>.</summary>
    public required IReadOnlyList<PoolNonce> Nonces { get; init; }

    /// <summary>Total number of nonces held.</summary>
    public required int NonceCount { get; init; }

    /// <summary>Nonces without a known transaction, between <see cref="ReadyEnd"/> and the highest listed one, in ascending order.</summary>
    public required IReadOnlyList<NonceGap> Gaps { get; init; }
}
