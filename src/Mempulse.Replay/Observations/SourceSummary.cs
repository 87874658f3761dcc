using Mempulse.Primitives;

namespace Mempulse.Replay.Observations;

/// <summary>A source, summed over all lanes that it feeds.</summary>
/// <param name="Id">The source.</param>
/// <param name="Name">Its name; empty until it is recorded.</param>
/// <param name="IsConnected">True while it is connected in any lane.</param>
/// <param name="IsSynthetic">True when its arrival times are synthetic, not measured.</param>
/// <param name="Sightings">Its sightings.</param>
/// <param name="Firsts">Transactions that it announced before any other source.</param>
public sealed record SourceSummary(SourceId Id, string Name, bool IsConnected, bool IsSynthetic, ulong Sightings, ulong Firsts);
