using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Relays;

/// <summary>The relays that requests left for.</summary>
/// <param name="AsOf">The position that the answer holds for.</param>
/// <param name="Relays">The relays, by name.</param>
/// <param name="Unfollowed">Attempts at relays beyond the bound, which are not followed.</param>
[GenerateSerializer, Immutable, Alias("mempulse.relays-answer")]
public sealed record RelaysAnswer([property: Id(0)] GlobalSeq AsOf, [property: Id(1)] IReadOnlyList<RelayReport> Relays, [property: Id(2)] ulong Unfollowed);
