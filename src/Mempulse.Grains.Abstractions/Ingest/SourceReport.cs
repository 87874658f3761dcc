using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Ingest;

/// <summary>How one source of a lane does. Counts are since the lane's start.</summary>
/// <param name="Name">The source by name.</param>
/// <param name="Endpoint">Where it is, without credentials.</param>
/// <param name="IsConnected">True while it can be heard.</param>
/// <param name="Sightings">Transactions it showed.</param>
/// <param name="Losses">How often it was lost.</param>
/// <param name="LastHeard">When it last said anything; the zero instant for never.</param>
/// <param name="LastLoss">Why it was lost last, in a sentence; empty for never.</param>
[GenerateSerializer, Immutable, Alias("mempulse.source-report")]
public sealed record SourceReport(
    [property: Id(0)] string Name,
    [property: Id(1)] string Endpoint,
    [property: Id(2)] bool IsConnected,
    [property: Id(3)] long Sightings,
    [property: Id(4)] long Losses,
    [property: Id(5)] UnixNanoseconds LastHeard,
    [property: Id(6)] string LastLoss);
