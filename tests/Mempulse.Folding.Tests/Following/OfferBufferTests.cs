using Mempulse.Folding.Following;
using Mempulse.Primitives;
using Mempulse.Testing.Logs;

namespace Mempulse.Folding.Tests.Following;

/// <summary>The buffer of offers at its limits: exactly full, drained and filled again, overlapping, of another epoch.</summary>
public sealed class OfferBufferTests
{
    private readonly RecordedLog _log = new(4_000) { Watermark = new GlobalSeq(4_000) };

    [Fact]
    public void It_holds_exactly_its_bytes_and_as_many_again_each_time_it_is_drained()
    {
        var buffer = new OfferBuffer(_log.Batch(1, 40).Records.Length);
        ulong next = 1;
        for (int round = 0; round < 3; round++)
        {
            for (int i = 0; i < 4; i++, next += 20)
            {
                Assert.True(buffer.TryAdd(_log.Batch(next, 10))); // with a hole after each: runs of their own
            }

            Assert.False(buffer.TryAdd(_log.Batch(next, 1)));
            for (ulong first = next - 80; first < next; first += 20)
            {
                Assert.True(buffer.TryTake(new GlobalSeq(first), out var taken));
                Assert.Equal((first, 10), (taken.First.Value, taken.Count));
                buffer.ReturnTaken();
            }

            Assert.True(buffer.IsEmpty);
        }
    }

    [Fact]
    public void The_bytes_of_what_is_taken_count_until_they_are_returned()
    {
        var buffer = new OfferBuffer(_log.Batch(1, 10).Records.Length);
        Assert.True(buffer.TryAdd(_log.Batch(1, 10)));
        Assert.True(buffer.TryTake(new GlobalSeq(1), out _));

        Assert.False(buffer.TryAdd(_log.Batch(11, 1)));
        buffer.ReturnTaken();
        Assert.True(buffer.TryAdd(_log.Batch(11, 10)));
        Assert.False(buffer.TryAdd(_log.Batch(21, 1)));
    }

    [Fact]
    public void An_offer_that_continues_a_run_counts_as_much_as_one_that_does_not()
    {
        var buffer = new OfferBuffer(_log.Batch(1, 30).Records.Length);
        for (int round = 0; round < 2; round++)
        {
            Assert.True(buffer.TryAdd(_log.Batch(1, 10)));
            Assert.True(buffer.TryAdd(_log.Batch(11, 10)));
            Assert.True(buffer.TryAdd(_log.Batch(21, 10)));
            Assert.False(buffer.TryAdd(_log.Batch(31, 1)));

            Assert.True(buffer.TryTake(new GlobalSeq(1), out var taken));
            Assert.Equal(30, taken.Count);
            buffer.ReturnTaken();
        }
    }

    [Fact]
    public void Runs_are_taken_by_position_whatever_the_order_of_the_offers()
    {
        var buffer = new OfferBuffer(1 << 20);
        foreach (ulong first in (ulong[])[41, 1, 21, 61])
        {
            Assert.True(buffer.TryAdd(_log.Batch(first, 10)));
        }

        Assert.False(buffer.TryTake(GlobalSeq.None, out _));
        foreach (ulong first in (ulong[])[1, 21, 41, 61])
        {
            Assert.False(buffer.TryTake(new GlobalSeq(first - 1), out _)); // before its first record
            Assert.True(buffer.TryTake(new GlobalSeq(first), out var taken));
            Assert.Equal(_log.Batch(first, 10).Records.ToArray(), taken.Records.ToArray());
            buffer.ReturnTaken();
        }
    }

    [Fact]
    public void Of_two_offers_with_the_same_first_record_the_longer_one_is_kept()
    {
        var buffer = new OfferBuffer(1 << 20);
        buffer.TryAdd(_log.Batch(21, 10));
        buffer.TryAdd(_log.Batch(1, 5));
        buffer.TryAdd(_log.Batch(1, 7));
        buffer.TryAdd(_log.Batch(1, 7));
        buffer.TryAdd(_log.Batch(1, 6));

        Assert.True(buffer.TryTake(new GlobalSeq(1), out var taken));
        Assert.Equal(7, taken.Count);
        buffer.ReturnTaken();
        Assert.Equal(1, buffer.DropThrough(new GlobalSeq(30)));
        Assert.True(buffer.IsEmpty);
    }

    [Fact]
    public void A_run_that_ends_at_a_delivered_position_is_dropped_and_one_that_ends_after_it_is_not()
    {
        var buffer = new OfferBuffer(1 << 20);
        buffer.TryAdd(_log.Batch(1, 10));
        buffer.TryAdd(_log.Batch(21, 10));

        Assert.Equal(0, buffer.DropThrough(new GlobalSeq(9)));
        Assert.Equal(1, buffer.DropThrough(new GlobalSeq(10)));
        Assert.Equal(0, buffer.DropThrough(new GlobalSeq(29)));
        Assert.Equal(1, buffer.DropThrough(new GlobalSeq(30)));
    }

    [Fact]
    public void A_run_takes_the_next_position_of_its_epoch_up_to_its_size_and_states_the_highest_watermark()
    {
        var run = new OfferRun();
        run.Begin(_log.Batch(1, 10) with { Watermark = new GlobalSeq(50) });

        Assert.False(run.TryAppend(_log.Batch(10, 2)));
        Assert.False(run.TryAppend(_log.Batch(12, 2)));
        Assert.False(run.TryAppend(_log.Batch(11, 2) with { Epoch = new Epoch(9) }));
        Assert.True(run.TryAppend(_log.Batch(11, 2) with { Watermark = new GlobalSeq(40) }));

        var batch = run.ToBatch();
        Assert.Equal((1UL, 12, 50UL, RecordedLog.Epoch), (batch.First.Value, batch.Count, batch.Watermark.Value, batch.Epoch));
        Assert.Equal(_log.Batch(1, 12).Records.ToArray(), batch.Records.ToArray());
        run.Begin(_log.Batch(31, 1) with { Watermark = new GlobalSeq(31) });
        Assert.Equal((31UL, 31UL, 31UL), (run.First.Value, run.Last.Value, run.ToBatch().Watermark.Value)); // nothing is left of the run before
    }

    [Fact]
    public void A_run_is_filled_exactly_to_its_size()
    {
        int fit = OfferRun.MaxBytes / _log.Batch(1, 1).Records.Length;
        Assert.InRange(fit, 10, 3_900);
        var run = new OfferRun();
        run.Begin(_log.Batch(1, 1));
        ulong next = 2;
        while (run.TryAppend(_log.Batch(next, 1)))
        {
            next++;
        }

        Assert.Equal(fit, run.Count);
        var padded = _log.Batch(next, 1) with { Records = new byte[OfferRun.MaxBytes - run.SizeBytes] };
        Assert.False(run.TryAppend(padded with { Records = new byte[padded.Records.Length + 1] }));
        Assert.True(run.TryAppend(padded));
        Assert.Equal(OfferRun.MaxBytes, run.SizeBytes);
    }

    [Theory]
    [InlineData(1UL, 10)]
    [InlineData(2UL, 9)]
    [InlineData(9UL, 2)]
    [InlineData(10UL, 1)]
    public void A_batch_is_cut_at_any_of_its_records(ulong first, int count)
    {
        var cut = _log.Batch(1, 10).From(new GlobalSeq(first));

        Assert.Equal((first, count, 10UL), (cut.First.Value, cut.Count, cut.Last.Value));
        Assert.Equal(_log.Batch(first, count).Records.ToArray(), cut.Records.ToArray());
    }

    [Fact]
    public void A_cut_past_the_end_or_before_the_start_is_a_bug()
    {
        Assert.Contains("INV-82", Assert.Throws<InvariantBrokenException>(() => _log.Batch(1, 10).From(new GlobalSeq(11))).Message, StringComparison.Ordinal);
        Assert.Contains("INV-82", Assert.Throws<InvariantBrokenException>(() => _log.Batch(5, 6).From(new GlobalSeq(4))).Message, StringComparison.Ordinal);
    }
}
