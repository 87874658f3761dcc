using Mempulse.Folding.Following;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;
using Mempulse.Scheduling;
using Mempulse.Schedules.Tests.Scenarios;
using Microsoft.Extensions.Time.Testing;

namespace Mempulse.Schedules.Tests.Following;

public sealed class LogFollowerTests
{
    private const int Records = 5;

    [Fact]
    public void Offers_alone_wake_the_follower_while_the_clock_stands_still() => Exploration.Explore(async () =>
    {
        var log = new MemoryPages();
        using var follower = Follow(log, new FakeTimeProvider());
        var writer = Schedule.Start("writer", () =>
        {
            for (ulong seq = 1; seq <= Records; seq++)
            {
                Commit(log, follower, seq);
            }
        });

        await DeliverAllAsync(follower, CancellationToken.None);
        writer.Join();

        Assert.Equal((0, 0), (follower.ReadCounters().Stalls, follower.ReadCounters().Silences));
    });

    [Fact]
    public void Offers_that_are_lost_repeated_late_or_of_a_fenced_writer_change_nothing_of_what_is_delivered() => Exploration.Explore(async () =>
    {
        var log = new MemoryPages();
        using var follower = Follow(log, new ScheduleTime());
        var writer = Schedule.Start("writer", () =>
        {
            var late = new List<SequencedBatch>();
            for (ulong seq = 1; seq <= Records; seq++)
            {
                log.Watermark = seq;
                var offer = Sightings.At(seq, 1, seq, epoch: 2);
                switch (Schedule.Choose(6))
                {
                    case 0:
                        break; // lost
                    case 1:
                        late.Add(offer);
                        break;
                    case 2:
                        follower.Offer(offer.Epoch, offer.Watermark, offer);
                        follower.Offer(offer.Epoch, offer.Watermark, offer);
                        break;
                    case 3:
                        follower.Offer(offer.Epoch, offer.Watermark, null);
                        break;
                    case 4:
                        follower.Offer(offer.Epoch, offer.Watermark, offer);
                        follower.Offer(new Epoch(1), new GlobalSeq(seq + 1), Forked(seq + 1));
                        break;
                    default:
                        follower.Offer(offer.Epoch, offer.Watermark, offer);
                        break;
                }
            }

            late.Reverse();
            late.ForEach(offer => follower.Offer(offer.Epoch, offer.Watermark, offer));
        });

        await DeliverAllAsync(follower, CancellationToken.None);
        writer.Join();
    });

    [Fact]
    public void A_full_buffer_of_offers_is_made_good_from_the_log() => Exploration.Explore(async () =>
    {
        var log = new MemoryPages();
        using var follower = new LogFollower(log, GlobalSeq.None, new FollowerOptions { BufferBytes = Sightings.At(1, 2, 2).Records.Length }, new ScheduleTime());
        var writer = Schedule.Start("writer", () =>
        {
            for (ulong seq = 1; seq <= Records; seq++)
            {
                Commit(log, follower, seq);
            }
        });

        await DeliverAllAsync(follower, CancellationToken.None);
        writer.Join();
    });

    [Fact]
    public void A_cancelled_wait_loses_no_record() => Exploration.Explore(async () =>
    {
        var log = new MemoryPages();
        using var follower = Follow(log, new FakeTimeProvider());
        using var cancellation = new CancellationTokenSource();
        var token = cancellation.Token;
        var writer = Schedule.Start("writer", () =>
        {
            for (ulong seq = 1; seq <= Records; seq++)
            {
                Commit(log, follower, seq);
            }
        });
        var canceller = Schedule.Start("canceller", () => Schedule.Uninterrupted(cancellation.Cancel));

        try
        {
            await DeliverAllAsync(follower, token);
        }
        catch (OperationCanceledException)
        {
            await DeliverAllAsync(follower, CancellationToken.None);
        }

        writer.Join();
        canceller.Join();
    });

    [Fact]
    public void A_ring_before_or_during_a_wait_ends_it() => Exploration.Explore(async () =>
    {
        using var wakeUp = new WakeUp(new FakeTimeProvider());
        int left = 4;
        var ringers = Enumerable.Range(0, 2).Select(_ => Schedule.Start("ringer", () =>
        {
            for (int ring = 0; ring < 2; ring++)
            {
                left--;
                wakeUp.Ring();
            }
        })).ToList();

        while (left > 0)
        {
            Assert.True(await wakeUp.WaitAsync(TimeSpan.FromSeconds(1), CancellationToken.None));
        }

        ringers.ForEach(ringer => ringer.Join());
    });

    [Fact]
    public void A_cancelled_wait_ends_though_nothing_arrives() => Exploration.Explore(async () =>
    {
        using var follower = Follow(new MemoryPages(), new FakeTimeProvider());
        using var cancellation = new CancellationTokenSource();
        var canceller = Schedule.Start("canceller", () => Schedule.Uninterrupted(cancellation.Cancel));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => follower.NextAsync(cancellation.Token).AsTask());
        canceller.Join();
    });

    private static LogFollower Follow(MemoryPages log, TimeProvider time) => new(log, GlobalSeq.None, new FollowerOptions(), time);

    /// <summary>What a fenced writer believes to be at a position.</summary>
    private static SequencedBatch Forked(ulong seq) =>
        new(new Epoch(1), new GlobalSeq(seq), 1, new GlobalSeq(seq), Sightings.Batch(LaneId.Of("lane"), seq + 100, 1).Records.ToArray());

    private static void Commit(MemoryPages log, LogFollower follower, ulong seq)
    {
        log.Watermark = seq;
        Schedule.Point("offer");
        follower.Offer(new Epoch(1), new GlobalSeq(seq), Sightings.At(seq, 1, seq));
    }

    /// <summary>Takes every record once and in order, and finds each unchanged as long as it is valid.</summary>
    private static async Task DeliverAllAsync(LogFollower follower, CancellationToken cancellationToken)
    {
        while (follower.Last.Value < Records)
        {
            ulong next = follower.Last.Value + 1;
            var batch = await follower.NextAsync(cancellationToken);
            var numbers = Sightings.Read(batch).ConvertAll(record => record.Number);
            Assert.Equal(Enumerable.Range((int)next, batch.Count), numbers);
            Assert.Equal((next, follower.Last), (batch.First.Value, batch.Last));
            Assert.True(follower.Watermark >= batch.Last);

            await Task.Yield();
            Assert.Equal(numbers, Sightings.Read(batch).ConvertAll(record => record.Number));
        }
    }
}
