using Mempulse.Primitives;
using Mempulse.Replay.Derivations;

namespace Mempulse.Folding.Replays;

/// <summary>The first place where a log and its replay differ, and how it was found.</summary>
public sealed record SearchReading
{
    /// <summary>The position at which the search began.</summary>
    public required GlobalSeq First { get; init; }

    /// <summary>The last position of the search.</summary>
    public required GlobalSeq Last { get; init; }

    /// <summary>The first logged derived event that differs; null if none does.</summary>
    public required Divergence? Found { get; init; }

    /// <summary>What each stretch gave, in order, the last <see cref="DivergenceSearch.MaxSteps"/>.</summary>
    public required IReadOnlyList<SearchStep> Steps { get; init; }

    /// <summary>Number of stretches.</summary>
    public required int StepCount { get; init; }

    /// <summary>Events that were folded.</summary>
    public required ulong Folded { get; init; }

    /// <summary>If only the state at a checkpoint differs: the entries in which the saved state (before) and the replayed one (after) differ, among those that the stretch names.</summary>
    public required IReadOnlyList<EntryChange> Changes { get; init; }

    /// <summary>True if log and replay agree over the whole range.</summary>
    public bool IsEqual => Steps.All(static step => step.IsEqual);
}
