using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Sequencing;

/// <summary>The status of a chain's log.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.log-status")]
public sealed record LogStatus
{
    /// <summary>Whether the log accepts appends.</summary>
    [Id(0)]
    public required LogState State { get; init; }

    /// <summary>Why it does not, or what else is wrong with it, in a sentence; empty when all is well.</summary>
    [Id(1)]
    public string Detail { get; init; } = string.Empty;

    /// <summary>The writer's epoch.</summary>
    [Id(2)]
    public Epoch Epoch { get; init; }

    /// <summary>The highest durable position.</summary>
    [Id(3)]
    public GlobalSeq Watermark { get; init; }

    /// <summary>Records appended since the process started.</summary>
    [Id(4)]
    public long Appended { get; init; }

    /// <summary>Records received since the process started that the log already had.</summary>
    [Id(5)]
    public long Duplicates { get; init; }

    /// <summary>Bytes of records made durable since the process started.</summary>
    [Id(6)]
    public long DurableBytes { get; init; }

    /// <summary>Events not published because the publisher's buffer was full; followers read them from the log.</summary>
    [Id(7)]
    public long PublishDropped { get; init; }
}
