using Mempulse.Primitives.Records;

namespace Mempulse.Grains.Abstractions.Replays;

/// <summary>How many events of one kind.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Count">How many.</param>
[GenerateSerializer, Immutable, Alias("mempulse.kind-count")]
public sealed record KindCount([property: Id(0)] EventKind Kind, [property: Id(1)] long Count);
