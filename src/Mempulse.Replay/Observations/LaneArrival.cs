namespace Mempulse.Replay.Observations;

/// <summary>When a lane first announced a transaction.</summary>
/// <param name="Lane">The lane's name.</param>
/// <param name="AfterMicros">Microseconds after the very first sighting.</param>
public sealed record LaneArrival(string Lane, ulong AfterMicros);
