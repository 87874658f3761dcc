using Mempulse.Primitives.Events;

namespace Mempulse.Grains.Abstractions.Ingest;

/// <summary>How many transactions a lane dropped for one reason.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Count">How many, exactly.</param>
[GenerateSerializer, Immutable, Alias("mempulse.drop-report")]
public sealed record DropReport([property: Id(0)] DropReason Reason, [property: Id(1)] long Count);
