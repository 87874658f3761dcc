namespace Mempulse.Replay.Observations;

/// <summary>When a lane first showed a transaction.</summary>
/// <param name="Lane">The lane by name.</param>
/// <param name="AfterMicros">Microseconds after the very first sighting.</param>
public sealed record LaneArrival(string Lane, ulong AfterMicros);
