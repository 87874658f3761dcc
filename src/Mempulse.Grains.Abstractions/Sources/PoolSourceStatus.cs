using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Sources;

/// <summary>A source as the log tells of it.</summary>
/// <param name="Id">The source.</param>
/// <param name="Name">Its name; empty until it is on record.</param>
/// <param name="IsConnected">It can be heard.</param>
/// <param name="IsSynthetic">Its arrival times were made, not measured.</param>
/// <param name="Sightings">All its sightings.</param>
/// <param name="Firsts">Transactions it showed before any other source.</param>
[GenerateSerializer, Immutable, Alias("mempulse.pool-source-status")]
public sealed record PoolSourceStatus(
    [property: Id(0)] SourceId Id,
    [property: Id(1)] string Name,
    [property: Id(2)] bool IsConnected,
    [property: Id(3)] bool IsSynthetic,
    [property: Id(4)] ulong Sightings,
    [property: Id(5)] ulong Firsts);
