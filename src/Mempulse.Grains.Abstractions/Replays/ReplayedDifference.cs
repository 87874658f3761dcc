using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Replays;

/// <summary>A logged derived event that differs from what a replay derives.</summary>
/// <param name="Seq">The logged record at which it was detected.</param>
/// <param name="Kind">What differs: Different, Missing, Unexpected or Repeated.</param>
/// <param name="Cause">The fact that the event is derived from.</param>
/// <param name="Ordinal">Its number among the events of this fact.</param>
/// <param name="Field">The first field that differs; "record" when the whole record does.</param>
/// <param name="Expected">What the replay derives.</param>
/// <param name="Actual">What the log holds.</param>
[GenerateSerializer, Immutable, Alias("mempulse.replayed-difference")]
public sealed record ReplayedDifference(
    [property: Id(0)] GlobalSeq Seq,
    [property: Id(1)] string Kind,
    [property: Id(2)] GlobalSeq Cause,
    [property: Id(3)] ulong Ordinal,
    [property: Id(4)] string Field,
    [property: Id(5)] string Expected,
    [property: Id(6)] string Actual);
