using Mempulse.Primitives.Events;

namespace Mempulse.Grains.Abstractions.Ingest;

/// <summary>How many connections did not become peers for one reason.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="Count">The number.</param>
[GenerateSerializer, Immutable, Alias("mempulse.failure-count")]
public sealed record FailureCount([property: Id(0)] DialFailureReason Reason, [property: Id(1)] long Count);
