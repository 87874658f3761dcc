using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Ingest;

/// <summary>The status of a lane's source. Counts start at 0 with the lane.</summary>
/// <param name="Name">The name of the source.</param>
/// <param name="Endpoint">Its address, without credentials.</param>
/// <param name="IsConnected">Whether it is connected.</param>
/// <param name="Sightings">Its sightings.</param>
/// <param name="Losses">How often it was lost.</param>
/// <param name="LastHeard">When it was last heard from; zero for never.</param>
/// <param name="LastLoss">The reason of the last loss, in a sentence; empty for never.</param>
[GenerateSerializer, Immutable, Alias("mempulse.source-report")]
public sealed record SourceReport(
    [property: Id(0)] string Name,
    [property: Id(1)] string Endpoint,
    [property: Id(2)] bool IsConnected,
    [property: Id(3)] long Sightings,
    [property: Id(4)] long Losses,
    [property: Id(5)] UnixNanoseconds LastHeard,
    [property: Id(6)] string LastLoss)
{
    /// <summary>How it is received, e.g. "subscription"; empty if that does not apply or it is not connected.</summary>
    [Id(7)]
    public string Reception { get; init; } = string.Empty;

    /// <summary>Why it is unavailable, in a sentence; empty while it is connected.</summary>
    [Id(8)]
    public string Problem { get; init; } = string.Empty;

    /// <summary>When the outage began; zero while it is connected.</summary>
    [Id(9)]
    public UnixNanoseconds ProblemSince { get; init; }

    /// <summary>When a connection was last tried; zero for never.</summary>
    [Id(10)]
    public UnixNanoseconds LastTry { get; init; }
}
