using Mempulse.Primitives;

namespace Mempulse.Replay.Observations;

/// <summary>What could not be seen in a stretch of time.</summary>
/// <param name="CompleteSince">From here on no gap is missing; before, older ones were let go, or nothing was recorded.</param>
/// <param name="IsBlind">True when in some of it nobody could be heard.</param>
/// <param name="Gaps">The gaps that overlap it, by start, then by name; at most a bound of them, the newest.</param>
/// <param name="IsCut">True when there are more than are listed.</param>
public sealed record GapReport(UnixNanoseconds CompleteSince, bool IsBlind, IReadOnlyList<ObservationGap> Gaps, bool IsCut);
