using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Folding;

/// <summary>The record that rules are in force: once in each epoch, and again when they change. Their content must be durable before.</summary>
public static class RulesRecord
{
    /// <summary>The name of the lane of these records.</summary>
    public const string LaneName = "rules";

    /// <summary>The lane of these records.</summary>
    public static LaneId Lane { get; } = LaneId.Of(LaneName);

    /// <summary>Builds a batch with the record.</summary>
    /// <param name="loaded">What is in force from here on.</param>
    /// <param name="last">The last sequence of <see cref="Lane"/> in the log; null if it has none.</param>
    /// <param name="at">The time of the record.</param>
    public static EventBatch Of(LogEvent.RulesLoaded loaded, LaneSequence? last, UnixNanoseconds at)
    {
        ArgumentNullException.ThrowIfNull(loaded);
        var batch = new EventBatch(Lane);
        batch.Add(loaded, RecordMeta.Fact(Lane, (last?.LocalSeq ?? 0) + 1, at, default));
        return batch;
    }
}
