using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Replay.Observations;

/// <summary>A time in which a source, a lane or all observers saw nothing or too little.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Source">The source; <c>default</c> for a lane or for all observers.</param>
/// <param name="Name">Name of the source or lane; empty for all observers.</param>
/// <param name="From">Its start, inclusive.</param>
/// <param name="To">Its end, exclusive; null while it is open.</param>
/// <param name="Count">For a silence, the sightings of the others meanwhile; for throttling and what could not be recorded, the number of transactions dropped, 0 if it is not known; otherwise 0.</param>
/// <param name="Reason">Why the connection was lost; unknown for other kinds.</param>
/// <param name="DialFailure">Why the dials of a configured peer failed; unknown for anything else.</param>
public sealed record ObservationGap(
    GapKind Kind, SourceId Source, string Name, UnixNanoseconds From, UnixNanoseconds? To, ulong Count, SourceLossReason Reason, DialFailureReason DialFailure);
