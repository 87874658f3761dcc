using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Grains.Abstractions.Logs;

/// <summary>An item of a chain's log stream: a hint that the log has grown. The log is the truth.</summary>
/// <param name="Epoch">The writer's epoch.</param>
/// <param name="Watermark">The highest durable position.</param>
/// <param name="Batch">New records: at most 256, and at most 64 KiB unless a single record is longer; null for the watermark alone.</param>
[GenerateSerializer, Immutable, Alias("mempulse.log-notice")]
public sealed record LogNotice(
    [property: Id(0)] Epoch Epoch,
    [property: Id(1)] GlobalSeq Watermark,
    [property: Id(2)] SequencedBatch? Batch);
