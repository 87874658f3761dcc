using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Sequencing;

/// <summary>The answer to an append.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.append-answer")]
public sealed record AppendAnswer
{
    /// <summary>Whether the batch is durable.</summary>
    [Id(0)]
    public required AppendOutcome Outcome { get; init; }

    /// <summary>Position of the first record appended; <see cref="GlobalSeq.None"/> when nothing was appended.</summary>
    [Id(1)]
    public GlobalSeq First { get; init; }

    /// <summary>Position of the last record appended; <see cref="GlobalSeq.None"/> when nothing was appended.</summary>
    [Id(2)]
    public GlobalSeq Last { get; init; }

    /// <summary>The number of records appended by this call.</summary>
    [Id(3)]
    public int Appended { get; init; }

    /// <summary>The number of records that the log already had.</summary>
    [Id(4)]
    public int Duplicates { get; init; }

    /// <summary>The highest durable position.</summary>
    [Id(5)]
    public GlobalSeq Watermark { get; init; }

    /// <summary>The last position the fold had applied at the time of the answer.</summary>
    [Id(6)]
    public GlobalSeq Applied { get; init; }

    /// <summary>Why the log did not accept the batch, in a sentence; empty when it did.</summary>
    [Id(7)]
    public string Detail { get; init; } = string.Empty;

    /// <summary>Durable events that the fold has not applied yet.</summary>
    public ulong FoldLag => Watermark > Applied ? Watermark.Value - Applied.Value : 0;
}
