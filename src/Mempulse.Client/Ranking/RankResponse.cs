namespace Mempulse.Client.Ranking;

/// <summary>The waiting transactions that a profile ranks highest.</summary>
public sealed record RankResponse
{
    /// <summary>The chain.</summary>
    public required string Chain { get; init; }

    /// <summary>True when a source has synthetic arrival times.</summary>
    public required bool Synthetic { get; init; }

    /// <summary>The position up to which the log was applied.</summary>
    public required ulong AsOfSeq { get; init; }

    /// <summary>The profile.</summary>
    public required string Profile { get; init; }

    /// <summary>The versions of its extractor and scorer.</summary>
    public required string Version { get; init; }

    /// <summary>Number of waiting transactions that were considered: those whose bodies came while a registry was in force.</summary>
    public required int Waiting { get; init; }

    /// <summary>Number of scores that they have; a profile with labels gives a transaction several, or none.</summary>
    public required long Scores { get; init; }

    /// <summary>Transactions that were let go while they waited, because a bound was reached.</summary>
    public required ulong LetGo { get; init; }

    /// <summary>The highest ranking, the highest first.</summary>
    public required IReadOnlyList<RankedPart> Ranking { get; init; }
}
