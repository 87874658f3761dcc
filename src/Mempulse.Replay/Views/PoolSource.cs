using Mempulse.Primitives;

namespace Mempulse.Replay.Views;

/// <summary>A source and what it has shown.</summary>
/// <param name="Id">The source.</param>
/// <param name="Name">Its name; empty until it is on record.</param>
/// <param name="IsConnected">It can be heard.</param>
/// <param name="IsSynthetic">Its arrival times were made, not measured.</param>
/// <param name="Sightings">All its sightings.</param>
/// <param name="Firsts">Transactions that it showed before any other source.</param>
public sealed record PoolSource(SourceId Id, string Name, bool IsConnected, bool IsSynthetic, ulong Sightings, ulong Firsts);
