namespace Mempulse.Grains.Abstractions.Ingest;

/// <summary>The status of a lane. Counts start at 0 with the lane; a rate is the difference of two reports.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.lane-report")]
public sealed record LaneReport
{
    /// <summary>The name of the lane.</summary>
    [Id(0)]
    public required string Name { get; init; }

    /// <summary>True until the lane has ended.</summary>
    [Id(1)]
    public bool IsRunning { get; init; }

    /// <summary>True when its arrival times are synthetic, not measured.</summary>
    [Id(2)]
    public bool IsSynthetic { get; init; }

    /// <summary>False while the log refuses its records.</summary>
    [Id(3)]
    public bool IsLogAvailable { get; init; }

    /// <summary>Items accepted into its queue.</summary>
    [Id(4)]
    public long Accepted { get; init; }

    /// <summary>Bodies decoded.</summary>
    [Id(5)]
    public long Decoded { get; init; }

    /// <summary>Records made durable.</summary>
    [Id(6)]
    public long Appended { get; init; }

    /// <summary>Items in its queue.</summary>
    [Id(7)]
    public long QueueDepth { get; init; }

    /// <summary>The most items its queue has held.</summary>
    [Id(8)]
    public long QueuePeak { get; init; }

    /// <summary>Items its queue can hold.</summary>
    [Id(9)]
    public long QueueCapacity { get; init; }

    /// <summary>Transactions dropped, by reason.</summary>
    [Id(10)]
    public IReadOnlyList<DropReport> Drops { get; init; } = [];

    /// <summary>Its sources.</summary>
    [Id(11)]
    public IReadOnlyList<SourceReport> Sources { get; init; } = [];

    /// <summary>Why the lane failed or did not start, in a sentence; empty otherwise.</summary>
    [Id(12)]
    public string Failure { get; init; } = string.Empty;

    /// <summary>How the lane finds its peers; null for a lane without peers.</summary>
    [Id(13)]
    public PeerSearchReport? Peers { get; init; }

    /// <summary>What is wrong now apart from its sources, one sentence each.</summary>
    [Id(14)]
    public IReadOnlyList<string> Problems { get; init; } = [];
}
