namespace Mempulse.Net.Ingest;

/// <summary>The status of a lane. Counts are since its start; a rate is the difference of two snapshots.</summary>
public sealed record LaneStatus
{
    /// <summary>The lane.</summary>
    public required string Name { get; init; }

    /// <summary>Items currently in the queue.</summary>
    public required int QueueDepth { get; init; }

    /// <summary>Peak number of items in the queue.</summary>
    public required int QueuePeak { get; init; }

    /// <summary>Capacity of the queue in items.</summary>
    public required int QueueCapacity { get; init; }

    /// <summary>Items queued.</summary>
    public required long AcceptedCount { get; init; }

    /// <summary>Bodies decoded.</summary>
    public required long DecodedCount { get; init; }

    /// <summary>Durable records.</summary>
    public required long AppendedCount { get; init; }

    /// <summary>Local sequence number of the lane's last record.</summary>
    public required ulong LastLocalSeq { get; init; }

    /// <summary>Transactions dropped, by reason, in order of the reason's number. Reasons without drops are left out.</summary>
    public required IReadOnlyList<DropCount> Drops { get; init; }

    /// <summary>False while the log refuses records.</summary>
    public required bool IsLogAvailable { get; init; }

    /// <summary>What is wrong now apart from its sources, one sentence each; empty for most lanes.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>The sources, ordered by name.</summary>
    public required IReadOnlyList<SourceStatus> Sources { get; init; }

    /// <summary>True before its turn: another lane has to end first.</summary>
    public bool IsWaiting { get; init; }

    /// <summary>How the lane finds its peers; null for a lane without peers.</summary>
    public PeerSearch? Peers { get; init; }
}
