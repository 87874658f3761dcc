using Mempulse.Primitives;

namespace Mempulse.Replay.Views;

/// <summary>A range of nonces without a known transaction.</summary>
/// <param name="First">The first, inclusive.</param>
/// <param name="Last">The last, inclusive.</param>
public readonly record struct NonceGap(Nonce First, Nonce Last);
