using Mempulse.Canon;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Folding;

/// <summary>The first record of an epoch. It carries the fold's parameters, so a replay uses the same ones.</summary>
public static class EpochStart
{
    /// <summary>The name of the lane of the host's own records.</summary>
    public const string LaneName = "host";

    /// <summary>The lane of the host's own records.</summary>
    public static LaneId Lane { get; } = LaneId.Of(LaneName);

    /// <summary>Builds a batch with the record; it must be the first append of the epoch.</summary>
    /// <param name="log">The log, open for writing.</param>
    /// <param name="chain">The log's chain.</param>
    /// <param name="writer">The name of the process, for people.</param>
    /// <param name="parameters">The fold's parameters from here on.</param>
    /// <param name="at">The time of the record.</param>
    public static EventBatch Of(IEventLog log, ChainId chain, string writer, FoldParameters parameters, UnixNanoseconds at)
    {
        ArgumentNullException.ThrowIfNull(log);
        ulong localSeq = (log.LastSequence(Lane)?.LocalSeq ?? 0) + 1;
        var batch = new EventBatch(Lane);
        batch.Add(new LogEvent.EpochStarted(log.Epoch, chain, writer, parameters), RecordMeta.Fact(Lane, localSeq, at, default));
        return batch;
    }
}
