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
        _expected.MakeRoom().Add(derived, NextMeta());
        Added();
    }

    // The kinds that come by the million are encoded without making an event.
    internal void AddStateChanged(in Hash256 tx, in Address sender, TxState from, TxState to, Hash256? replaces)
    {
        _expected.MakeRoom().AddStateChanged(tx, sender, from, to, replaces, NextMeta());
        Added();
    }

    internal void AddIncluded(in Hash256 tx, in Hash256 block, in Address sender, TxState from, BlockNumber number, int index, ExecutionOutcome outcome)
    {
        _expected.MakeRoom().AddIncluded(tx, block, sender, from, number, index, outcome, NextMeta());
        Added();
    }

    internal void AddConfirmed(in Hash256 tx, in Hash256 block, in Address sender, BlockNumber number)
    {
        _expected.MakeRoom().AddConfirmed(tx, block, sender, number, NextMeta());
        Added();
    }

    private RecordMeta NextMeta() => RecordMeta.Derived(Lane, _cause, _nextOrdinal, _causeTimestamp);

    private void Added()
    {
        _expected.Added();
        _nextOrdinal++;
    }

    internal void Begin(in RecordView fact)
    {
        _cause = fact.Seq;
        _causeTimestamp = fact.Timestamp;
        _nextOrdinal = 0;
    }
}
