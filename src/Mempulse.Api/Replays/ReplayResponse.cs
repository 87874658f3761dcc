namespace Mempulse.Api.Replays;

/// <summary>Two states of a chain, computed from the log alone, and the events between them.</summary>
public sealed record ReplayResponse
{
    /// <summary>The chain.</summary>
    public required string Chain { get; init; }

    /// <summary>True when the arrival times of this chain's input are synthetic, not measured.</summary>
    public required bool Synthetic { get; init; }

    /// <summary>"done" or "running"; repeat the request while it is running.</summary>
    public required string State { get; init; }

    /// <summary>The position that the replay has reached.</summary>
    public required ulong At { get; init; }

    /// <summary>The first position.</summary>
    public required ulong From { get; init; }

    /// <summary>The second position; below the requested one when the range exceeds one answer.</summary>
    public required ulong To { get; init; }

    /// <summary>The value of "from" for the rest of the range; null when this is all of it.</summary>
    public ulong? Next { get; init; }

    /// <summary>The state digest at <see cref="From"/>; null while running.</summary>
    public string? FromDigest { get; init; }

    /// <summary>The state digest at <see cref="To"/>; null while running.</summary>
    public string? ToDigest { get; init; }

    /// <summary>Transactions by state at both positions, and the difference.</summary>
    public required IReadOnlyList<StateChangePart> Txs { get; init; }

    /// <summary>Events between the two positions, by type.</summary>
    public required IReadOnlyDictionary<string, long> Events { get; init; }

    /// <summary>Logged derived events that differ from what the replay derives; 0 unless something is wrong.</summary>
    public required long Divergences { get; init; }
}
