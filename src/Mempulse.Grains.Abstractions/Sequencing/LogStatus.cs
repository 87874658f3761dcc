using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Sequencing;

/// <summary>How a chain's log stands.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.log-status")]
public sealed record LogStatus
{
    /// <summary>Whether it takes appends.</summary>
    [Id(0)]
    public required LogState State { get; init; }

    /// <summary>Why not, in a sentence; empty when it does.</summary>
    [Id(1)]
    public string Detail { get; init; } = string.Empty;

    /// <summary>The writer's term.</summary>
    [Id(2)]
    public Epoch Epoch { get; init; }

    /// <summary>The highest durable position.</summary>
    [Id(3)]
    public GlobalSeq Watermark { get; init; }

    /// <summary>Records appended since the process started.</summary>
    [Id(4)]
    public long Appended { get; init; }

    /// <summary>Records since the process started that the log had already.</summary>
    [Id(5)]
    public long Duplicates { get; init; }

    /// <summary>Bytes of records made durable since the process started.</summary>
    [Id(6)]
    public long DurableBytes { get; init; }

    /// <summary>Items not published because the hand-over to the stream was full; followers healed them from the log.</summary>
    [Id(7)]
    public long PublishDropped { get; init; }
}
