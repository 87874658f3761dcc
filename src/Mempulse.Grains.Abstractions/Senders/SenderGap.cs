using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Senders;

/// <summary>Nonces that nobody has shown.</summary>
/// <param name="First">The first, inclusive.</param>
/// <param name="Last">The last, inclusive.</param>
[GenerateSerializer, Immutable, Alias("mempulse.sender-gap")]
public sealed record SenderGap([property: Id(0)] Nonce First, [property: Id(1)] Nonce Last);
