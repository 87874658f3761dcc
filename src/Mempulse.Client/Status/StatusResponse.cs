namespace Mempulse.Client.Status;

/// <summary>The status of one chain, for people and for "mempulse top". Counters start at 0 with the process; a rate is the difference of two responses.</summary>
public sealed record StatusResponse
{
    /// <summary>The chain.</summary>
    public required string Chain { get; init; }

    /// <summary>True when the arrival times of this chain's input are synthetic.</summary>
    public required bool Synthetic { get; init; }

    /// <summary>The time of this response, in RFC 3339.</summary>
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

    /// <summary>Every source on record.</summary>
    public required IReadOnlyList<SourcePart> Sources { get; init; }
}
