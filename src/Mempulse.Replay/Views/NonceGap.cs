using Mempulse.Primitives;

namespace Mempulse.Replay.Views;

/// <summary>Nonces that nobody has shown.</summary>
/// <param name="First">The first, inclusive.</param>
/// <param name="Last">The last, inclusive.</param>
public readonly record struct NonceGap(Nonce First, Nonce Last);
