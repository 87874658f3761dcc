using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Ranking;

/// <summary>The waiting transactions that a profile ranks highest.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.rank-answer")]
public sealed record RankAnswer
{
    /// <summary>The position up to which the log was applied.</summary>
    [Id(0)]
    public required GlobalSeq AsOf { get; init; }

    /// <summary>The profile.</summary>
    [Id(1)]
    public required string Profile { get; init; }

    /// <summary>The versions of its extractor and scorer.</summary>
    [Id(2)]
    public required string Version { get; init; }

    /// <summary>Number of waiting transactions that were considered.</summary>
    [Id(3)]
    public required int Waiting { get; init; }

    /// <summary>Number of scores that they have.</summary>
    [Id(4)]
    public required long Scores { get; init; }

    /// <summary>Transactions that were let go while they waited, because a bound was reached.</summary>
    [Id(5)]
    public required ulong LetGo { get; init; }

    /// <summary>The highest ranking.</summary>
    [Id(6)]
    public required IReadOnlyList<RankRow> Rows { get; init; }
}
