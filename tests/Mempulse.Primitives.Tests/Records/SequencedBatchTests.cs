using CsCheck;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Primitives.Tests.Events;

namespace Mempulse.Primitives.Tests.Records;

/// <summary>A page returns what a batch accepted, and damage of any kind is detected.</summary>
public sealed class SequencedBatchTests
{
    private static readonly LaneId Lane = LaneId.Of("test");

    [Fact]
    public void A_page_returns_the_records_of_the_batch() => Batches.Events.Sample(events =>
    {
        var batch = Batches.Of(Lane, events);
        var page = new SequencedBatch(new Epoch(1), new GlobalSeq(5), batch.Count, new GlobalSeq(99), batch.Records);

        int index = 0;
        foreach (var record in page)
        {
            Assert.Equal(new GlobalSeq(5).Plus((ulong)index), record.Seq);
            Assert.Equal(EncodedEvent.Record(events[index], record.Meta), record.Bytes.ToArray());
            index++;
        }

        Assert.Equal(events.Length, index);
        Assert.Equal(page.Last, new GlobalSeq(5).Plus((ulong)index - 1));
        Assert.Equal(new LaneSequence(GlobalSeq.None, 1), batch.First);
        Assert.Equal(new LaneSequence(GlobalSeq.None, (ulong)index), batch.Last);
    });

    [Fact]
    public void A_flipped_bit_is_detected() => Gen.Select(Batches.Events, Gen.Int[0, int.MaxValue]).Sample((events, at) =>
    {
        byte[] bytes = Batches.Of(Lane, events).Records.ToArray();
        int bit = at % (bytes.Length * 8);
        bytes[bit / 8] ^= (byte)(1 << (bit % 8));

        Assert.Throws<EventDecodeException>(() => Batches.Walk(bytes, events.Length));
    });

    [Fact]
    public void A_page_truncated_anywhere_is_rejected() => Batches.Events.Sample(
        events =>
        {
            byte[] bytes = Batches.Of(Lane, events).Records.ToArray();
            for (int length = 0; length < bytes.Length; length++)
            {
                byte[] cut = bytes[..length];
                Assert.Throws<EventDecodeException>(() => Batches.Walk(cut, events.Length));
            }
        },
        iter: 10);

    [Fact]
    public void A_page_with_more_records_than_declared_is_rejected()
    {
        var seen = new LogEvent.TxSeen(Hash256.Zero, SightingVia.PeerGossip);
        byte[] bytes = Batches.Of(Lane, seen, seen).Records.ToArray();

        Assert.Throws<EventDecodeException>(() => Batches.Walk(bytes, 1));
        Assert.Equal(2, Batches.Walk(bytes, 2));
    }

    [Fact]
    public void Zeros_are_not_a_record() => Assert.Throws<EventDecodeException>(() => Batches.Walk(new byte[64], 1));
}
