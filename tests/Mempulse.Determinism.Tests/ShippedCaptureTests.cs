using Mempulse.Folding;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay;

namespace Mempulse.Determinism.Tests;

/// <summary>The same log gives the same digest at every position: live, replayed, from a checkpoint, with any number of workers.</summary>
public sealed class ShippedCaptureTests
{
    private const int Checkpoints = 12;

    [Fact]
    public async Task A_replay_has_the_live_digest_at_every_position_and_no_divergence()
    {
        var live = await FoldedLog.PlayAsync(workers: 2, TestContext.Current.CancellationToken);

        var replay = FoldComposition.Default.Create(live.Chain);

        Assert.True(live.Records.Count > 5_000, $"Only {live.Records.Count} records were played.");
        AssertGoesOn(replay, live);
        Assert.Equal(0ul, replay.DivergenceCount);
        Assert.Equal(0, replay.ExpectedCount);
    }

    [Fact]
    public async Task From_any_checkpoint_the_digests_equal_the_live_ones()
    {
        var live = await FoldedLog.PlayAsync(workers: 2, TestContext.Current.CancellationToken);
        var straight = FoldComposition.Default.Create(live.Chain);
        var saved = new ByteBuffer();
        int step = live.Records.Count / Checkpoints;

        for (int at = 0; at < live.Records.Count; at++)
        {
            Apply(straight, live, at);
            if (at % step != 0)
            {
                continue;
            }

            saved.Clear();
            straight.SaveCheckpoint(saved);
            var restored = FoldComposition.Default.Restore(live.Chain, saved.WrittenSpan);
            AssertGoesOn(restored, live);
            Assert.Equal(0ul, restored.DivergenceCount);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public async Task Any_number_of_workers_writes_the_same_records(int workers)
    {
        var some = await FoldedLog.PlayAsync(workers: 2, TestContext.Current.CancellationToken);
        var others = await FoldedLog.PlayAsync(workers, TestContext.Current.CancellationToken);

        Assert.Equal(some.Digests, others.Digests);
        Assert.Equal(some.Records.Select(Convert.ToHexString), others.Records.Select(Convert.ToHexString));
    }

    [Fact]
    public async Task A_record_left_out_changes_the_digest()
    {
        var live = await FoldedLog.PlayAsync(workers: 2, TestContext.Current.CancellationToken);
        int leftOut = live.Records.Count / 2;
        while (new RecordView(GlobalSeq.None, live.Records[leftOut]).Kind != LogEvent.TxSeen.KindNumber)
        {
            leftOut++;
        }

        var replay = FoldComposition.Default.Create(live.Chain);
        for (int i = 0; i < live.Records.Count - 1; i++)
        {
            replay.Apply(new RecordView(new GlobalSeq((ulong)i + 1), live.Records[i < leftOut ? i : i + 1]));
        }

        Assert.NotEqual(live.Digests[^1], replay.Digest());
    }

    private static void AssertGoesOn(ReplayEngine engine, FoldedLog live)
    {
        for (int i = (int)engine.Applied.Value; i < live.Records.Count; i++)
        {
            Apply(engine, live, i);
            Assert.True(live.Digests[i] == engine.Digest(), $"The digest after {i + 1} is {engine.Digest()}: expected the live digest {live.Digests[i]}.");
        }
    }

    private static void Apply(ReplayEngine engine, FoldedLog live, int index) =>
        engine.Apply(new RecordView(new GlobalSeq((ulong)index + 1), live.Records[index]));
}
