using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Replays;

/// <summary>The first place where a log and its replay differ, and how it was found.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.search-answer")]
public sealed record SearchAnswer
{
    /// <summary>The outcome of the search.</summary>
    [Id(0)]
    public required ReplayOutcome Outcome { get; init; }

    /// <summary>The position before the first event of the search.</summary>
    [Id(1)]
    public GlobalSeq From { get; init; }

    /// <summary>The last position of the search.</summary>
    [Id(2)]
    public GlobalSeq To { get; init; }

    /// <summary>The position that the search has reached.</summary>
    [Id(3)]
    public GlobalSeq At { get; init; }

    /// <summary>The first logged derived event that differs; null if none does.</summary>
    [Id(4)]
    public ReplayedDifference? Found { get; init; }

    /// <summary>What each stretch gave, in order, the last ones.</summary>
    [Id(5)]
    public IReadOnlyList<FoldedStretch> Steps { get; init; } = [];

    /// <summary>Number of stretches.</summary>
    [Id(6)]
    public int StepCount { get; init; }

    /// <summary>Events that were folded.</summary>
    [Id(7)]
    public long Folded { get; init; }

    /// <summary>How long that took.</summary>
    [Id(8)]
    public TimeSpan Took { get; init; }

    /// <summary>If only the state at a checkpoint differs: the entries in which the saved state and the replayed one differ.</summary>
    [Id(9)]
    public IReadOnlyList<ChangedEntry> Changes { get; init; } = [];

    /// <summary>What went wrong, or what the search is doing, in a sentence.</summary>
    [Id(10)]
    public string Detail { get; init; } = string.Empty;
}
