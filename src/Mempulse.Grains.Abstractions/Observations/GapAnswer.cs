using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Observations;

/// <summary>What could not be seen in a stretch of time.</summary>
/// <param name="AsOf">The last applied position.</param>
/// <param name="CompleteSince">From here on no gap is missing.</param>
/// <param name="IsBlind">True when in some of it nobody could be heard.</param>
/// <param name="Gaps">The gaps that overlap it.</param>
/// <param name="IsCut">True when there are more than are listed.</param>
[GenerateSerializer, Immutable, Alias("mempulse.gap-answer")]
public sealed record GapAnswer(
    [property: Id(0)] GlobalSeq AsOf,
    [property: Id(1)] UnixNanoseconds CompleteSince,
    [property: Id(2)] bool IsBlind,
    [property: Id(3)] IReadOnlyList<SeenGap> Gaps,
    [property: Id(4)] bool IsCut);
