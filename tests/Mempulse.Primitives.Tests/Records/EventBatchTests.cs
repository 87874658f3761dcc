using CsCheck;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Primitives.Tests.Events;

namespace Mempulse.Primitives.Tests.Records;

/// <summary>A batch accepts records of one lane with rising positions, and keeps them byte for byte.</summary>
public sealed class EventBatchTests
{
    private static readonly LaneId Lane = LaneId.Of("test");

    private static readonly LogEvent Seen = new LogEvent.TxSeen(Hash256.Zero, SightingVia.PeerGossip);

    [Fact]
    public void Another_lane_is_refused_and_nothing_added()
    {
        var batch = Batches.Of(Lane, Seen);
        byte[] before = batch.Records.ToArray();

        Assert.Throws<ArgumentException>(() => batch.Add(Seen, RecordMeta.Fact(LaneId.Of("other"), 2, default, default)));

        Assert.Equal(before, batch.Records.ToArray());
        Assert.Equal(1, batch.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    public void A_position_that_does_not_rise_is_refused(ulong position)
    {
        var batch = Batches.Of(Lane, Seen);

        Assert.Throws<ArgumentException>(() => batch.Add(Seen, RecordMeta.Fact(Lane, position, default, default)));

        Assert.Equal(1, batch.Count);
    }

    [Fact]
    public void Derived_events_rise_by_cause_then_ordinal()
    {
        var batch = new EventBatch(Lane);
        batch.Add(Seen, RecordMeta.Derived(Lane, new GlobalSeq(7), 0, default));
        batch.Add(Seen, RecordMeta.Derived(Lane, new GlobalSeq(7), 1, default));
        batch.Add(Seen, RecordMeta.Derived(Lane, new GlobalSeq(8), 0, default));

        Assert.Throws<ArgumentException>(() => batch.Add(Seen, RecordMeta.Derived(Lane, new GlobalSeq(7), 9, default)));
        Assert.Equal(3, batch.Count);
    }

    [Fact]
    public void A_record_over_the_limit_is_refused_and_the_batch_remains_usable()
    {
        var batch = Batches.Of(Lane, Seen);
        var huge = new LogEvent.ChainGap(default, default, new string('x', EventBatch.MaxRecordBytes));

        Assert.Throws<ArgumentException>(() => batch.Add(huge, RecordMeta.Fact(Lane, 2, default, default)));
        Assert.Equal(Batches.Of(Lane, Seen).Records.ToArray(), batch.Records.ToArray());
        batch.Add(Seen, RecordMeta.Fact(Lane, 2, new UnixNanoseconds(1), default));

        Assert.Equal(Batches.Of(Lane, Seen, Seen).Records.ToArray(), batch.Records.ToArray());
    }

    [Fact]
    public void An_event_that_takes_the_number_of_a_decoded_transaction_is_refused()
    {
        var batch = new EventBatch(Lane);

        Assert.Throws<ArgumentException>(() => batch.Add(new Impostor(), RecordMeta.Fact(Lane, 1, default, default)));
        Assert.Equal((0, 0), (batch.Count, batch.SizeBytes));
    }

    [Fact]
    public void The_largest_record_is_accepted()
    {
        var batch = new EventBatch(Lane);
        int overhead = EncodedEvent.Record(new LogEvent.ChainGap(default, default, new string('x', 70_000))).Length - 70_000;

        batch.Add(new LogEvent.ChainGap(default, default, new string('x', EventBatch.MaxRecordBytes - overhead)), RecordMeta.Fact(Lane, 1, default, default));

        Assert.Equal(EventBatch.MaxRecordBytes + 8, batch.SizeBytes);
        Assert.Equal(1, Batches.Walk(batch.Records, 1));
    }

    [Fact]
    public void Fast_paths_write_the_same_bytes_as_the_event() => Gen.Select(
        EventGen.Any.Where(made => made is LogEvent.TxDecoded or LogEvent.TxSeen or LogEvent.TxStateChanged or LogEvent.TxIncluded or LogEvent.TxConfirmed),
        EventGen.Meta(Lane)).Sample(
        (made, meta) =>
        {
            var batch = new EventBatch(Lane);
            switch (made)
            {
                case LogEvent.TxDecoded decoded:
                    batch.AddDecoded(decoded.Hash, decoded.Sender, decoded.Tx, meta);
                    break;
                case LogEvent.TxSeen seen:
                    batch.AddSeen(seen.Hash, seen.Via, meta);
                    break;
                case LogEvent.TxStateChanged changed:
                    batch.AddStateChanged(changed.Hash, changed.Sender, changed.From, changed.To, changed.Replaces, meta);
                    break;
                case LogEvent.TxIncluded included:
                    batch.AddIncluded(included.Hash, included.Block, included.Sender, included.From, included.Number, included.Index, included.Outcome, meta);
                    break;
                case LogEvent.TxConfirmed confirmed:
                    batch.AddConfirmed(confirmed.Hash, confirmed.Block, confirmed.Sender, confirmed.Number, meta);
                    break;
            }

            Assert.Equal(EncodedEvent.Record(made, meta), batch.Records.Span[4..^4].ToArray());
        },
        iter: 200);

    [Fact]
    public void A_warm_batch_accepts_sightings_without_allocating()
    {
        var batch = new EventBatch(Lane);
        Fill(batch);
        Fill(batch);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Fill(batch);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void A_copy_has_the_record_with_other_metadata() => Gen.Select(EventGen.Any, EventGen.Meta(Lane), EventGen.Meta(Lane)).Sample((made, from, to) =>
    {
        byte[] record = EncodedEvent.Record(made, from);
        var batch = new EventBatch(Lane);
        if ((from.Cause == GlobalSeq.None) != (to.Cause == GlobalSeq.None))
        {
            Assert.Throws<ArgumentException>(() => batch.AddCopy(new RecordView(GlobalSeq.None, record), to));
            Assert.Equal(0, batch.SizeBytes);
            return;
        }

        batch.AddCopy(new RecordView(GlobalSeq.None, record), to);

        Assert.Equal(EncodedEvent.Record(made, to), batch.Records.Span[4..^4].ToArray());
    });

    [Fact]
    public void A_batch_restored_from_bytes_equals_the_original() => Batches.Events.Sample(events =>
    {
        var batch = Batches.Of(Lane, events);

        var made = EventBatch.FromEncoded(Lane, batch.Count, batch.Records.Span);

        Assert.Equal(batch.Records.ToArray(), made.Records.ToArray());
        Assert.Equal((batch.Count, batch.First, batch.Last, batch.SizeBytes), (made.Count, made.First, made.Last, made.SizeBytes));
        made.Add(Seen, RecordMeta.Fact(Lane, batch.Last.LocalSeq + 1, default, default));
        Assert.Equal(batch.Count + 1, Batches.Walk(made.Records, batch.Count + 1));
    });

    [Fact]
    public void A_batch_restored_from_bytes_of_another_lane_or_count_is_rejected()
    {
        var batch = Batches.Of(Lane, Seen, Seen);

        Assert.Throws<EventDecodeException>(() => EventBatch.FromEncoded(LaneId.Of("other"), 2, batch.Records.Span));
        Assert.Throws<EventDecodeException>(() => EventBatch.FromEncoded(Lane, 1, batch.Records.Span));
        Assert.Throws<EventDecodeException>(() => EventBatch.FromEncoded(Lane, 4, [.. batch.Records.Span, .. batch.Records.Span]));
    }

    private static void Fill(EventBatch batch)
    {
        batch.Clear();
        for (ulong i = 1; i <= 100; i++)
        {
            batch.AddSeen(Hash256.Zero, SightingVia.HashSubscription, RecordMeta.Fact(Lane, i, default, default));
        }
    }

    private sealed record Impostor : LogEvent
    {
        public override EventKind Kind => TxDecoded.KindNumber;

        public override EventKeys Keys => EventKeys.None;

        public override void WriteFields<TFields>(ref TFields fields)
        {
        }
    }
}
