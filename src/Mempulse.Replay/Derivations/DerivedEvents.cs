using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Replay.Derivations;

/// <summary>Collects the events derived from the fact being applied, numbers them and queues them as expected in the log.</summary>
public sealed class DerivedEvents
{
    private readonly ExpectedRecords _expected;
    private GlobalSeq _cause;
    private UnixNanoseconds _causeTimestamp;
    private uint _nextOrdinal;

    internal DerivedEvents(ExpectedRecords expected) => _expected = expected;

    /// <summary>The lane of all derived events.</summary>
    public static LaneId Lane { get; } = LaneId.Of("fold");

    /// <summary>Adds an event derived from the fact being applied; it carries the fact's timestamp.</summary>
    public void Add(LogEvent derived)
    {
        _expected.Add(derived, RecordMeta.Derived(Lane, _cause, _nextOrdinal, _causeTimestamp));
        _nextOrdinal++;
    }

    internal void Begin(in RecordView fact)
    {
        _cause = fact.Seq;
        _causeTimestamp = fact.Timestamp;
        _nextOrdinal = 0;
    }
}
