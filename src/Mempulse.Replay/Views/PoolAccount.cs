using Mempulse.Primitives;

namespace Mempulse.Replay.Views;

/// <summary>An account's nonce chain as the fold holds it.</summary>
public sealed record PoolAccount
{
    /// <summary>Most nonces listed in one answer.</summary>
    public const int MaxListed = 1_024;

    /// <summary>The account.</summary>
    public required Address Address { get; init; }

    /// <summary>The nonce of its next transaction; while <see cref="Knowledge"/> is Assumed the lowest that waits, or null when none does.</summary>
    public required Nonce? Next { get; init; }

    /// <summary>Where <see cref="Next"/> is known from.</summary>
    public required NonceKnowledge Knowledge { get; init; }

    /// <summary>The first nonce that is not ready: waiting ones below it are pending, those from it on are queued.</summary>
    public required Nonce ReadyEnd { get; init; }

    /// <summary>Who holds which nonce, in ascending order, at most <see cref="MaxListed"/>.</summary>
    public required IReadOnlyList<PoolNonce> Nonces { get; init; }

    /// <summary>Nonces held in all.</summary>
    public required int NonceCount { get; init; }

    /// <summary>Nonces that nobody has shown, between <see cref="ReadyEnd"/> and the highest listed one, in ascending order.</summary>
    public required IReadOnlyList<NonceGap> Gaps { get; init; }
}
