using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay.Derivations;

namespace Mempulse.Api.Tests.Stubs;

/// <summary>Records with the positions, times and causes that a test wants.</summary>
internal static class Records
{
    private static readonly LaneId _lane = LaneId.Of("rpc");

    public static SequencedRecord Fact(ulong seq, UnixNanoseconds at, string source, LogEvent fact) =>
        Of(seq, _lane, fact, RecordMeta.Fact(_lane, seq, at, SourceId.Of(source)));

    public static SequencedRecord Derived(ulong seq, ulong cause, UnixNanoseconds at, LogEvent derived) =>
        Of(seq, DerivedEvents.Lane, derived, RecordMeta.Derived(DerivedEvents.Lane, new GlobalSeq(cause), 0, at));

    private static SequencedRecord Of(ulong seq, LaneId lane, LogEvent content, RecordMeta meta)
    {
        var batch = new EventBatch(lane);
        batch.Add(content, meta);
        var records = new RecordEnumerator(new GlobalSeq(seq), batch.Records.Span);
        Assert.True(records.MoveNext());
        return new SequencedRecord(records.Current.Seq, records.Current.Bytes.ToArray());
    }
}
