using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Transactions;

/// <summary>How one source showed a transaction.</summary>
/// <param name="Source">The source.</param>
/// <param name="Name">Its name; empty when it is not known.</param>
/// <param name="First">Its first sighting.</param>
/// <param name="FirstTime">When that was.</param>
/// <param name="Count">All its sightings.</param>
[GenerateSerializer, Immutable, Alias("mempulse.source-sightings")]
public sealed record SourceSightings(
    [property: Id(0)] SourceId Source,
    [property: Id(1)] string Name,
    [property: Id(2)] GlobalSeq First,
    [property: Id(3)] UnixNanoseconds FirstTime,
    [property: Id(4)] int Count);
