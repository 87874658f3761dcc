using CsCheck;
using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Grains.Following;
using Mempulse.Primitives;
using Microsoft.Extensions.Time.Testing;

namespace Mempulse.Grains.Tests.Following;

/// <summary>LOG-RULES 37: whatever the stream does, the follower's digest is that of a straight replay.</summary>
public sealed class StreamLossTests
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
    public async Task Dropped_duplicated_reordered_and_delayed_items_do_not_change_the_digest()
    {
        var steps = Gen.Select(Gen.Int[1, 40], Gen.Int[0, 5].Select(fate => (Fate)fate), Gen.Int[0, 5]).Array[1, 40];

        await steps.SampleAsync(FollowThroughAsync, iter: 300, threads: 1);
    }

    private static async Task<bool> FollowThroughAsync((int Count, Fate Fate, int Delay)[] steps)
    {
        var time = new FakeTimeProvider();
        var log = new RecordedLog(Events);
        var follower = new LogFollower(log, GlobalSeq.None, new FollowerOptions { PageBytes = 4 << 10 }, time);
        var end = new GlobalSeq((ulong)Math.Min(Events, steps.Sum(step => step.Count)));
        var consumer = ConsumeAsync(follower, end);

        var late = new List<(int Due, LogNotice Notice)>();
        for (int step = 0; step < steps.Length; step++)
        {
            var (wanted, fate, delay) = steps[step];
            int count = (int)Math.Min((ulong)wanted, end.Value - log.Watermark.Value);
            if (count > 0)
            {
                var first = log.Watermark.Next;
                log.Watermark = log.Watermark.Plus((ulong)count);
                Offer(follower, log, log.Item(first.Value, count), fate, step + delay, late);
            }

            foreach (var (_, notice) in late.Where(entry => entry.Due == step))
            {
                follower.Offer(notice);
            }

            time.Advance(TimeSpan.FromMilliseconds(30));
            await Task.Yield();
        }

        // Nothing more is said: silence alone must bring the rest.
        while (!consumer.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        var followed = await consumer;
        follower.Dispose();
        return followed == log.Replay();
    }

    private static void Offer(LogFollower follower, RecordedLog log, LogNotice item, Fate fate, int due, List<(int, LogNotice)> late)
    {
        switch (fate)
        {
            case Fate.Deliver:
                follower.Offer(item);
                break;
            case Fate.Duplicate:
                follower.Offer(item);
                follower.Offer(item);
                break;
            case Fate.Delay:
                late.Add((due, item));
                break;
            case Fate.StaleEpoch:
                follower.Offer(log.Mark());
                follower.Offer(item with { Epoch = new Epoch(1), Batch = item.Batch! with { Records = new byte[8] } });
                break;
            case Fate.OnlyWatermark:
                follower.Offer(log.Mark());
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
