using Mempulse.Folding;
using Mempulse.Grains.Abstractions.Sequencing;
using Mempulse.Grains.Following;
using Mempulse.Grains.Logs;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;
using Microsoft.Extensions.Logging;

namespace Mempulse.Grains.Folding;

/// <summary>Everything a fold needs of its surroundings.</summary>
internal sealed record FoldContext
{
    /// <summary>The chain.</summary>
    public required ChainId Chain { get; init; }

    /// <summary>Which derivations fold.</summary>
    public required FoldComposition Composition { get; init; }

    /// <summary>How to fold.</summary>
    public required FoldOptions Options { get; init; }

    /// <summary>The log.</summary>
    public required ILogPages Pages { get; init; }

    /// <summary>The durable watermark, asked for at the start.</summary>
    public required Func<GlobalSeq> DurableAtStart { get; init; }

    /// <summary>The writer's term.</summary>
    public required Func<Epoch> Epoch { get; init; }

    /// <summary>Appends a batch through the sequencer.</summary>
    public required Func<EventBatch, ValueTask<AppendAnswer>> Append { get; init; }

    /// <summary>The last position of a lane in the log.</summary>
    public required Func<LaneId, ValueTask<LanePosition?>> LastPosition { get; init; }

    /// <summary>Where checkpoints lie.</summary>
    public required ICheckpoints Checkpoints { get; init; }

    /// <summary>Where the fold says how far it is.</summary>
    public required FoldProgress Progress { get; init; }

    /// <summary>Its metrics.</summary>
    public required FoldMeter Meter { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Its log for people.</summary>
    public required ILogger Log { get; init; }
}
