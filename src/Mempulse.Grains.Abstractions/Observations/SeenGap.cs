using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Observations;

/// <summary>A time in which a source, a lane or everybody could not see.</summary>
/// <param name="Kind">Disconnected, Silent, Throttled or Blind.</param>
/// <param name="Name">The source or lane by name; empty for everybody.</param>
/// <param name="From">Its start.</param>
/// <param name="To">Its end; null while it goes on.</param>
/// <param name="Count">Of a silence, what others showed meanwhile; of throttling, what was dropped.</param>
/// <param name="Reason">Why the connection was lost; empty for other kinds.</param>
[GenerateSerializer, Immutable, Alias("mempulse.seen-gap")]
public sealed record SeenGap(
    [property: Id(0)] string Kind,
    [property: Id(1)] string Name,
    [property: Id(2)] UnixNanoseconds From,
    [property: Id(3)] UnixNanoseconds? To,
    [property: Id(4)] ulong Count,
    [property: Id(5)] string Reason);
