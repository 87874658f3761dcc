using Mempulse.Primitives;

namespace Mempulse.Replay.Observations;

/// <summary>A source, over all lanes that it feeds.</summary>
/// <param name="Id">The source.</param>
/// <param name="Name">Its name; empty until it is on record.</param>
/// <param name="IsConnected">True while any of its lanes hears it.</param>
/// <param name="IsSynthetic">True when its arrival times were made up, not measured.</param>
/// <param name="Sightings">All its sightings.</param>
/// <param name="Firsts">Transactions that it announced before any other source.</param>
public sealed record SourceSummary(SourceId Id, string Name, bool IsConnected, bool IsSynthetic, ulong Sightings, ulong Firsts);
