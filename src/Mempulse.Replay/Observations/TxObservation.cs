using Mempulse.Primitives;

namespace Mempulse.Replay.Observations;

/// <summary>How one transaction spread. Durations are microseconds of our clock.</summary>
/// <param name="FirstAt">When it first appeared: announced, or in a block without an announcement.</param>
/// <param name="Sightings">Number of sightings before a block included it.</param>
/// <param name="IncludedAt">When the first block that includes it arrived; null for never.</param>
/// <param name="FirstSource">Name of the source that announced it first; null when no source did.</param>
/// <param name="LeadMicros">The lead of that source; null while it is the only one.</param>
/// <param name="Lanes">Each lane that announced it, and how long after the first, in order of arrival.</param>
/// <param name="SourceCount">Number of sources that announced it, up to 128.</param>
public sealed record TxObservation(
    UnixNanoseconds FirstAt,
    ulong Sightings,
    UnixNanoseconds? IncludedAt,
    string? FirstSource,
    ulong? LeadMicros,
    IReadOnlyList<LaneArrival> Lanes,
    int SourceCount);
