using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Senders;

/// <summary>A range of nonces without a known transaction.</summary>
/// <param name="First">The first, inclusive.</param>
/// <param name="Last">The last, inclusive.</param>
[GenerateSerializer, Immutable, Alias("mempulse.sender-gap")]
public sealed record SenderGap([property: Id(0)] Nonce First, [property: Id(1)] Nonce Last);
