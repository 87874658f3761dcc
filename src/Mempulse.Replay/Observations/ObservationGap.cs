using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Replay.Observations;

/// <summary>A time in which a source, a lane or everybody could not see.</summary>
/// <param name="Kind">How.</param>
/// <param name="Source">The source; <c>default</c> for a lane or for everybody.</param>
/// <param name="Name">The source or lane by name; empty for everybody.</param>
/// <param name="From">Its start, inclusive.</param>
/// <param name="To">Its end, exclusive; null while it goes on.</param>
/// <param name="Count">Of a silence, what others showed meanwhile; of throttling, how many transactions were dropped; else 0.</param>
/// <param name="Reason">Why the connection was lost; unknown for other kinds.</param>
public sealed record ObservationGap(
    GapKind Kind, SourceId Source, string Name, UnixNanoseconds From, UnixNanoseconds? To, ulong Count, SourceLossReason Reason);
