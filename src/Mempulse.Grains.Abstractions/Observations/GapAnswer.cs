using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Observations;

/// <summary>The gaps in a time range.</summary>
/// <param name="AsOf">The last applied position.</param>
/// <param name="CompleteSince">From here on the answer has every gap.</param>
/// <param name="IsBlind">True when no source was connected, or nothing could be recorded, in some part of the range.</param>
/// <param name="Gaps">The gaps that overlap the range.</param>
/// <param name="IsCut">True when there are more gaps than are listed.</param>
[GenerateSerializer, Immutable, Alias("mempulse.gap-answer")]
public sealed record GapAnswer(
    [property: Id(0)] GlobalSeq AsOf,
    [property: Id(1)] UnixNanoseconds CompleteSince,
    [property: Id(2)] bool IsBlind,
    [property: Id(3)] IReadOnlyList<SeenGap> Gaps,
    [property: Id(4)] bool IsCut)
{
    /// <summary>True when every gap from a time on is known. Without a record nothing is.</summary>
    public bool IsCompleteFrom(UnixNanoseconds time) => CompleteSince != default && time >= CompleteSince;
}
