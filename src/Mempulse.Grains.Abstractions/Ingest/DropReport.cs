using Mempulse.Primitives.Events;

namespace Mempulse.Grains.Abstractions.Ingest;

/// <summary>The number of transactions that a lane dropped for one reason.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="Count">The exact number.</param>
[GenerateSerializer, Immutable, Alias("mempulse.drop-report")]
public sealed record DropReport([property: Id(0)] DropReason Reason, [property: Id(1)] long Count);
