using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Observations;

/// <summary>A time in which a source, a lane or all sources could not see.</summary>
/// <param name="Kind">Disconnected, Silent, Throttled, Unrecorded: nothing could be recorded, or Blind: no source was connected; with the name of a lane of peers, no peer of it.</param>
/// <param name="Name">The name of the source or lane; empty for all sources.</param>
/// <param name="From">Its start.</param>
/// <param name="To">Its end; null while it lasts.</param>
/// <param name="Count">For silence, what other sources reported meanwhile; for throttling, the number of transactions dropped.</param>
/// <param name="Reason">Why the connection was lost, or why dials of a configured peer fail; empty for other kinds.</param>
[GenerateSerializer, Immutable, Alias("mempulse.seen-gap")]
public sealed record SeenGap(
    [property: Id(0)] string Kind,
    [property: Id(1)] string Name,
    [property: Id(2)] UnixNanoseconds From,
    [property: Id(3)] UnixNanoseconds? To,
    [property: Id(4)] ulong Count,
    [property: Id(5)] string Reason);
