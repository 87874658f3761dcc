namespace Mempulse.Api.Status;

/// <summary>How one chain does, for people and for "mempulse top". Counters run from the start of the process; a rate is the difference of two answers.</summary>
public sealed record StatusResponse
{
    /// <summary>The chain.</summary>
    public required string Chain { get; init; }

    /// <summary>True when the arrival times of this chain's input were made, not measured.</summary>
    public required bool Synthetic { get; init; }

    /// <summary>When this was said, in RFC 3339.</summary>
    public required string Time { get; init; }

    /// <summary>The same in milliseconds since the Unix epoch, for rates.</summary>
    public required long TimeMs { get; init; }

    /// <summary>The log.</summary>
    public required LogPart Log { get; init; }

    /// <summary>The fold.</summary>
    public required FoldPart Fold { get; init; }

    /// <summary>Transactions held by the fold, by state.</summary>
    public required IReadOnlyDictionary<string, long> Pool { get; init; }

    /// <summary>The follower that feeds the fold.</summary>
    public required FollowerPart Follower { get; init; }

    /// <summary>The lanes of every ingest host.</summary>
    public required IReadOnlyList<LanePart> Lanes { get; init; }

    /// <summary>Every source that the log tells of.</summary>
    public required IReadOnlyList<SourcePart> Sources { get; init; }
}
