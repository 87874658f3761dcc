using Mempulse.Folding.Replays;
using Mempulse.Folding.Tests.Live;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Folding.Tests.Replays;

public sealed class LogReplayTests
{
    [Fact]
    public async Task A_replay_stops_at_any_position_and_continues_to_the_live_state()
    {
        await using var world = await FoldedAsync();
        using var replay = LogReplay.Open(world.Log.Reader, world.Checkpoints, GlobalSeq.None);

        for (ulong seq = 1; seq <= world.Log.Watermark.Value; seq++)
        {
            replay.RunTo(new GlobalSeq(seq), TestContext.Current.CancellationToken);
            Assert.Equal((seq, seq), (replay.Engine.Applied.Value, replay.At.Value));
        }

        Assert.Equal((GlobalSeq.None, world.Loop.Engine.Digest()), (replay.Start, replay.Engine.Digest()));
    }

    [Fact]
    public async Task It_starts_at_the_newest_checkpoint_at_or_below_a_position()
    {
        await using var world = await FoldedAsync();
        await world.Loop.SaveAsync();
        var checkpoint = world.Loop.Checkpoint;

        using var at = LogReplay.Open(world.Log.Reader, world.Checkpoints, checkpoint);
        using var below = LogReplay.Open(world.Log.Reader, world.Checkpoints, new GlobalSeq(checkpoint.Value - 1));
        below.RunTo(checkpoint, TestContext.Current.CancellationToken);

        Assert.Equal((checkpoint, GlobalSeq.None), (at.Start, below.Start));
        Assert.Equal(below.Engine.Digest(), at.Engine.Digest());
    }

    [Fact]
    public async Task It_counts_the_kinds_in_a_range()
    {
        await using var world = await FoldedAsync();
        using var replay = LogReplay.Open(world.Log.Reader, world.Checkpoints, GlobalSeq.None);
        var counts = new SortedDictionary<EventKind, long>();

        replay.RunTo(new GlobalSeq(1), TestContext.Current.CancellationToken);
        replay.RunTo(world.Log.Watermark, counts, TestContext.Current.CancellationToken);

        Assert.Equal((long)world.Log.Watermark.Value - 1, counts.Values.Sum());
        Assert.Equal(3, counts[LogEvent.TxSeen.KindNumber]);
        Assert.DoesNotContain(LogEvent.EpochStarted.KindNumber, counts.Keys);
    }

    [Fact]
    public async Task A_replay_past_the_end_of_the_log_stops_at_its_end()
    {
        await using var world = await FoldedAsync();
        using var replay = LogReplay.Open(world.Log.Reader, world.Checkpoints, GlobalSeq.None);

        replay.RunTo(world.Log.Watermark.Plus(10), TestContext.Current.CancellationToken);

        Assert.Equal(world.Log.Watermark, replay.Engine.Applied);
    }

    private static async Task<FoldWorld> FoldedAsync()
    {
        var world = new FoldWorld();
        await world.AppendAsync(Facts.Short());
        world.Start();
        await world.FinishAsync();
        return world;
    }
}
