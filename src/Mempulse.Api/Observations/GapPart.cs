namespace Mempulse.Api.Observations;

/// <summary>A time in which a source, a lane or everybody could not see.</summary>
/// <param name="Kind">Disconnected, Silent, Throttled, or Blind: nobody could be heard.</param>
/// <param name="Name">The source or lane by name; empty for everybody.</param>
/// <param name="From">Its start, inclusive.</param>
/// <param name="To">Its end, exclusive; null while it goes on.</param>
/// <param name="Count">Of a silence, what others showed meanwhile; of throttling, how many transactions were dropped.</param>
/// <param name="Reason">Why the connection was lost; empty for other kinds.</param>
public sealed record GapPart(string Kind, string Name, string From, string? To, ulong Count, string Reason);
