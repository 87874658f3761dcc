using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Sources;

/// <summary>A source on record.</summary>
/// <param name="Id">The source.</param>
/// <param name="Name">Its name; empty until it is on record.</param>
/// <param name="IsConnected">Whether it is connected.</param>
/// <param name="IsSynthetic">Whether its arrival times are synthetic, not measured.</param>
/// <param name="Sightings">All its sightings.</param>
/// <param name="Firsts">Transactions it reported before any other source.</param>
[GenerateSerializer, Immutable, Alias("mempulse.pool-source-status")]
public sealed record PoolSourceStatus(
    [property: Id(0)] SourceId Id,
    [property: Id(1)] string Name,
    [property: Id(2)] bool IsConnected,
    [property: Id(3)] bool IsSynthetic,
    [property: Id(4)] ulong Sightings,
    [property: Id(5)] ulong Firsts);
