namespace Mempulse.Client.Observations;

/// <summary>A time in which a source, a lane or all sources could not see.</summary>
/// <param name="Kind">Disconnected, Silent, Throttled, Unrecorded: nothing could be recorded, or Blind: no source was connected; with the name of a lane of peers, no peer of it.</param>
/// <param name="Name">The source or lane by name; empty for all sources.</param>
/// <param name="From">Its start, inclusive.</param>
/// <param name="To">Its end, exclusive; null while it lasts.</param>
/// <param name="Count">For silence, what other sources reported meanwhile; for throttling, how many transactions were dropped.</param>
/// <param name="Reason">Why the connection was lost, or why dials of a configured peer fail; empty for other kinds.</param>
public sealed record GapPart(string Kind, string Name, string From, string? To, ulong Count, string Reason);
