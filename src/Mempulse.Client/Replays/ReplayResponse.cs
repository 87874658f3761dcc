namespace Mempulse.Client.Replays;

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

    /// <summary>The first of the divergences, by position and field.</summary>
    public required IReadOnlyList<DifferencePart> Differences { get; init; }

    /// <summary>The checkpoints in the range: the digest that the live fold recorded, and the one of this replay. The last 200 if there are more.</summary>
    public required IReadOnlyList<CheckpointPart> Checkpoints { get; init; }

    /// <summary>The entries of the state that differ between the two positions, among those that events of the range name: the counters first, then in the order of these events. The first 400 if there are more.</summary>
    public required IReadOnlyList<ChangePart> Changes { get; init; }

    /// <summary>Number of entries that differ.</summary>
    public required int ChangeCount { get; init; }

    /// <summary>Events of the range about entries that were not compared: a range names at most 2,000.</summary>
    public required long EventsNotCompared { get; init; }
}
