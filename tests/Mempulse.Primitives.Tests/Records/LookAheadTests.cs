using CsCheck;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Tests.Records;

public sealed class LookAheadTests
{
    [Fact]
    public void A_look_ahead_sees_the_records_of_the_batch()
    {
        var batch = Batch(5);

        Assert.Equal(5, Count(batch));
    }

    [Fact]
    public void A_look_ahead_never_fails_on_any_bytes() =>
        Gen.Select(Gen.Int[0, 400], Gen.Byte).Array[0, 6].Sample(static patches =>
        {
            byte[] bytes = Batch(4).Records.ToArray();
            foreach (var (offset, value) in patches)
            {
                bytes[offset % bytes.Length] = value;
            }

            Assert.InRange(Count(new SequencedBatch(new Epoch(1), new GlobalSeq(1), 4, new GlobalSeq(4), bytes)), 0, bytes.Length);
        });

    private static int Count(SequencedBatch batch)
    {
        int count = 0;
        var ahead = batch.LookAhead();
        while (ahead.MoveNext())
        {
            Assert.True(ahead.Current.Payload.Length >= 0);
            count++;
        }

        return count;
    }

    private static SequencedBatch Batch(int count)
    {
        var lane = LaneId.Of("look ahead");
        var batch = new EventBatch(lane);
        for (ulong i = 1; i <= (ulong)count; i++)
        {
            batch.AddSeen(Hash256.Zero, SightingVia.HashSubscription, RecordMeta.Fact(lane, i, new UnixNanoseconds(1), default));
        }

        return new SequencedBatch(new Epoch(1), new GlobalSeq(1), count, new GlobalSeq((ulong)count), batch.Records);
    }
}
