namespace Mempulse.Net.Ingest;

/// <summary>A lane as it stands. Counts run from its start; a rate is the difference of two snapshots.</summary>
public sealed record LaneStatus
{
    /// <summary>The lane.</summary>
    public required string Name { get; init; }

    /// <summary>Items in the queue now.</summary>
    public required int QueueDepth { get; init; }

    /// <summary>Most items the queue ever held.</summary>
    public required int QueuePeak { get; init; }

    /// <summary>Items the queue can hold.</summary>
    public required int QueueCapacity { get; init; }

    /// <summary>Items taken into the queue.</summary>
    public required long AcceptedCount { get; init; }

    /// <summary>Bodies decoded.</summary>
    public required long DecodedCount { get; init; }

    /// <summary>Records that are durable.</summary>
    public required long AppendedCount { get; init; }

    /// <summary>Local sequence number of the last record given out.</summary>
    public required ulong LastLocalSeq { get; init; }

    /// <summary>Transactions dropped, by reason; every reason that occurred, in order of its number.</summary>
    public required IReadOnlyList<DropCount> Drops { get; init; }

    /// <summary>False while the log refuses records.</summary>
    public required bool IsLogAvailable { get; init; }

    /// <summary>The sources, in order of their names.</summary>
    public required IReadOnlyList<SourceStatus> Sources { get; init; }
}
