using Mempulse.Canon;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Folding;

/// <summary>The first record of a writer's term: it carries the fold's parameters, so that a replay uses what was used live.</summary>
public static class TermStart
{
    /// <summary>The lane of the host's own records.</summary>
    public static LaneId Lane { get; } = LaneId.Of("host");

    /// <summary>A batch with the record, to be appended before any other of the term.</summary>
    /// <param name="log">The log, open for writing.</param>
    /// <param name="chain">Its chain.</param>
    /// <param name="writer">Names the process, for people.</param>
    /// <param name="parameters">The fold's parameters from here on.</param>
    /// <param name="at">The record's time.</param>
    public static EventBatch Of(IEventLog log, ChainId chain, string writer, FoldParameters parameters, UnixNanoseconds at)
    {
        ArgumentNullException.ThrowIfNull(log);
        ulong localSeq = (log.LastSequence(Lane)?.LocalSeq ?? 0) + 1;
        var batch = new EventBatch(Lane);
        batch.Add(new LogEvent.EpochStarted(log.Epoch, chain, writer, parameters), RecordMeta.Fact(Lane, localSeq, at, default));
        return batch;
    }
}
