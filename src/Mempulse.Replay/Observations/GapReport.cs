using Mempulse.Primitives;

namespace Mempulse.Replay.Observations;

/// <summary>The gaps in a time range.</summary>
/// <param name="CompleteSince">From here on no gap is missing; before it, gaps were evicted or not recorded.</param>
/// <param name="IsBlind">True when no observer was connected, or nothing could be recorded, in part of the range.</param>
/// <param name="Gaps">The gaps that overlap the range, by start, then by name; the newest ones when there are too many.</param>
/// <param name="IsCut">True when there are more than are listed.</param>
public sealed record GapReport(UnixNanoseconds CompleteSince, bool IsBlind, IReadOnlyList<ObservationGap> Gaps, bool IsCut);
