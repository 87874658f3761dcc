namespace Mempulse.Api.Replays;

/// <summary>Two states of a chain, out of the log alone, and what happened between them.</summary>
public sealed record ReplayResponse
{
    /// <summary>The chain.</summary>
    public required string Chain { get; init; }

    /// <summary>True when the arrival times of this chain's input were made, not measured.</summary>
    public required bool Synthetic { get; init; }

    /// <summary>"done", or "running": then ask the same question again.</summary>
    public required string State { get; init; }

    /// <summary>How far the replay is.</summary>
    public required ulong At { get; init; }

    /// <summary>The first position.</summary>
    public required ulong From { get; init; }

    /// <summary>The second position; before the one asked for when the stretch is longer than one answer.</summary>
    public required ulong To { get; init; }

    /// <summary>The value of "from" for the rest of the stretch; null when this is all of it.</summary>
    public ulong? Next { get; init; }

    /// <summary>The state digest at <see cref="From"/>; null while running.</summary>
    public string? FromDigest { get; init; }

    /// <summary>The state digest at <see cref="To"/>; null while running.</summary>
    public string? ToDigest { get; init; }

    /// <summary>Transactions by state: at the first position, at the second, and the difference.</summary>
    public required IReadOnlyList<StateChangePart> Txs { get; init; }

    /// <summary>Events between, by type.</summary>
    public required IReadOnlyDictionary<string, long> Events { get; init; }

    /// <summary>Logged derived events between that were not what the replay derives; 0 unless something is wrong.</summary>
    public required long Divergences { get; init; }
}
