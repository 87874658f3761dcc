using Mempulse.Primitives;

namespace Mempulse.Replay.Observations;

/// <summary>How one transaction spread. Lengths of time are microseconds of our clock.</summary>
/// <param name="FirstAt">When it came up first: shown, or in a block that nobody had shown it before.</param>
/// <param name="Sightings">How often it was shown before a block had it.</param>
/// <param name="IncludedAt">When the first block that has it came; null for never.</param>
/// <param name="FirstSource">Name of the source that showed it first; null for nobody.</param>
/// <param name="LeadMicros">By how much that source was first; null while it is the only one.</param>
/// <param name="Lanes">Each lane that showed it, and how long after the first, in order of arrival.</param>
/// <param name="SourceCount">Sources that showed it, up to 128.</param>
public sealed record TxObservation(
    UnixNanoseconds FirstAt,
    ulong Sightings,
    UnixNanoseconds? IncludedAt,
    string? FirstSource,
    ulong? LeadMicros,
    IReadOnlyList<LaneArrival> Lanes,
    int SourceCount);
