using Mempulse.Primitives.Records;

namespace Mempulse.Grains.Abstractions.Replays;

/// <summary>The number of events of one kind.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Count">The number of events.</param>
[GenerateSerializer, Immutable, Alias("mempulse.kind-count")]
public sealed record KindCount([property: Id(0)] EventKind Kind, [property: Id(1)] long Count);
