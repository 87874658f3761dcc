using CsCheck;
using Mempulse.Folding.Following;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;
using Mempulse.Testing.Logs;
using Microsoft.Extensions.Time.Testing;

namespace Mempulse.Folding.Tests.Following;

/// <summary>LOG-RULES 37: whatever happens to the offers, the follower's digest equals that of a plain replay.</summary>
public sealed class OfferLossTests
{
    private const int Events = 400;

    private enum Fate
    {
        Deliver,
        Drop,
        Duplicate,
        Delay,
        StaleEpoch,
        OnlyWatermark,
    }

    [Fact]
    public async Task Dropped_duplicated_reordered_and_delayed_offers_do_not_change_the_digest()
    {
        var steps = Gen.Select(Gen.Int[1, 40], Gen.Int[0, 5].Select(fate => (Fate)fate), Gen.Int[0, 5]).Array[1, 40];

        await steps.SampleAsync(FollowThroughAsync, iter: 300, threads: 1);
    }

    private static async Task<bool> FollowThroughAsync((int Count, Fate Fate, int Delay)[] steps)
    {
        var time = new FakeTimeProvider();
        var log = new RecordedLog(Events);
        var follower = new LogFollower(log, GlobalSeq.None, new FollowerOptions(), time);
        var end = new GlobalSeq((ulong)Math.Min(Events, steps.Sum(step => step.Count)));
        var consumer = ConsumeAsync(follower, end);

        var late = new List<(int Due, SequencedBatch Batch)>();
        for (int step = 0; step < steps.Length; step++)
        {
            var (wanted, fate, delay) = steps[step];
            int count = (int)Math.Min((ulong)wanted, end.Value - log.Watermark.Value);
            if (count > 0)
            {
                var first = log.Watermark.Next;
                log.Watermark = log.Watermark.Plus((ulong)count);
                Offer(follower, log, log.Batch(first.Value, count), fate, step + delay, late);
            }

            foreach (var (_, batch) in late.Where(entry => entry.Due == step))
            {
                follower.Offer(RecordedLog.Epoch, batch.Watermark, batch);
            }

            time.Advance(TimeSpan.FromMilliseconds(30));
            await Task.Yield();
        }

        // No more offers: the follower must fetch the rest because of the silence alone.
        while (!consumer.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        var followed = await consumer;
        follower.Dispose();
        return followed == log.Replay();
    }

    private static void Offer(LogFollower follower, RecordedLog log, SequencedBatch batch, Fate fate, int due, List<(int, SequencedBatch)> late)
    {
        switch (fate)
        {
            case Fate.Deliver:
                follower.Offer(RecordedLog.Epoch, log.Watermark, batch);
                break;
            case Fate.Duplicate:
                follower.Offer(RecordedLog.Epoch, log.Watermark, batch);
                follower.Offer(RecordedLog.Epoch, log.Watermark, batch);
                break;
            case Fate.Delay:
                late.Add((due, batch));
                break;
            case Fate.StaleEpoch:
                follower.Offer(RecordedLog.Epoch, log.Watermark, null);
                follower.Offer(new Epoch(1), log.Watermark, batch with { Epoch = new Epoch(1), Records = new byte[8] });
                break;
            case Fate.OnlyWatermark:
                follower.Offer(RecordedLog.Epoch, log.Watermark, null);
                break;
            default:
                break;
        }
    }

    private static async Task<StateDigest> ConsumeAsync(LogFollower follower, GlobalSeq end)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var digest = new OrderedDigest();
        while (follower.Last < end)
        {
            digest.Add(await follower.NextAsync(limit.Token));
        }

        return digest.Value;
    }
}
