using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Sequencing;

/// <summary>What became of a batch.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.append-answer")]
public sealed record AppendAnswer
{
    /// <summary>Whether the batch is durable.</summary>
    [Id(0)]
    public required AppendOutcome Outcome { get; init; }

    /// <summary>Position of the first record appended; <see cref="GlobalSeq.None"/> when none was.</summary>
    [Id(1)]
    public GlobalSeq First { get; init; }

    /// <summary>Position of the last record appended; <see cref="GlobalSeq.None"/> when none was.</summary>
    [Id(2)]
    public GlobalSeq Last { get; init; }

    /// <summary>Records appended now.</summary>
    [Id(3)]
    public int Appended { get; init; }

    /// <summary>Records the log had already.</summary>
    [Id(4)]
    public int Duplicates { get; init; }

    /// <summary>The highest durable position.</summary>
    [Id(5)]
    public GlobalSeq Watermark { get; init; }

    /// <summary>How far the fold had come when this was answered.</summary>
    [Id(6)]
    public GlobalSeq Applied { get; init; }

    /// <summary>Why the log did not take the batch, in a sentence; empty when it did.</summary>
    [Id(7)]
    public string Detail { get; init; } = string.Empty;

    /// <summary>Events that are durable and not yet folded.</summary>
    public ulong FoldLag => Watermark > Applied ? Watermark.Value - Applied.Value : 0;
}
