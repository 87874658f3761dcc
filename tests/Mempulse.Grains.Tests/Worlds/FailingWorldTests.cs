using CsCheck;
using Mempulse.Folding.Live;
using Mempulse.Grains.Abstractions.Sequencing;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Derivations;
using Mempulse.Testing.SimulatedDisk;
using Microsoft.Extensions.Logging;

namespace Mempulse.Grains.Tests.Worlds;

/// <summary>Whatever happens to the calls of the sequencer, the log holds each input exactly once or a record of its drop, and each derived event exactly once.</summary>
public sealed class FailingWorldTests
{
    private const int Transactions = 24;

    [Fact]
    public async Task Any_fates_of_appends_leave_each_input_once_or_on_record_as_dropped()
    {
        var fates = Gen.Enum<SequencerFate>().Where(fate => fate is not (SequencerFate.Bug or SequencerFate.Hangs)).Array[0, 20];

        await fates.SampleAsync(
            async script =>
            {
                await using var world = new GrainWorld();
                world.Sequencer.Fate = (_, number) => number <= script.Length ? script[number - 1] : SequencerFate.Answered;
                await world.StartAsync();
                var lane = await world.OpenLaneAsync();
                int posted = 0;
                for (; posted < Transactions || world.Sequencer.Appends <= script.Length; posted += 4)
                {
                    await world.PostAsync(lane, posted, 4);
                    await world.UntilAsync(() => lane.ReadStatus([]).QueueDepth == 0, "the lane takes them");
                }

                await world.UntilAsync(() => lane.ReadStatus([]).IsLogAvailable, "the log accepts");
                await world.CompleteAsync(lane);
                await world.FinishAsync();

                ulong dropped = world.AssertPosted(posted);
                world.AssertWhole();
                bool isRefused = script.Any(fate => fate is SequencerFate.NoRoom or SequencerFate.Unavailable);
                Assert.True(isRefused || dropped == 0, "an unknown outcome is no reason to drop");
            },
            iter: 12,
            threads: 1);
    }

    [Theory]
    [InlineData(SequencerFate.TimedOut)]
    [InlineData(SequencerFate.AnswerLost)]
    [InlineData(SequencerFate.SiloGone)]
    public async Task An_append_with_an_unknown_outcome_is_repeated_with_the_same_bytes(SequencerFate fate)
    {
        await using var world = new GrainWorld();
        world.Sequencer.Fate = (lane, number) => number <= 3 ? fate : SequencerFate.Answered;
        var lane = await world.OpenLaneAsync();

        await world.PostAsync(lane, 0, 1);
        await world.CompleteAsync(lane);

        Assert.True(world.Sequencer.Appends >= 4);
        Assert.All(world.Sequencer.Batches.Take(4), batch => Assert.Equal(world.Sequencer.Batches[0], batch));
        Assert.Equal(0UL, world.AssertPosted(1));
    }

    [Theory]
    [InlineData(SequencerFate.NoRoom)]
    [InlineData(SequencerFate.Unavailable)]
    public async Task A_sequencer_that_refuses_is_visible_and_what_it_refused_is_on_record_once_it_accepts_again(SequencerFate fate)
    {
        await using var world = new GrainWorld();
        bool refuses = true;
        int asked = 0;
        world.Sequencer.Fate = (from, _) =>
        {
            asked += from == LaneId.Of(GrainWorld.LaneName) ? 1 : 0;
            return Volatile.Read(ref refuses) ? fate : SequencerFate.Answered;
        };
        await world.StartAsync();
        var lane = await world.OpenLaneAsync();
        await world.PostAsync(lane, 0, 4);
        await world.UntilAsync(() => lane.ReadStatus([]).Drops.Sum(drop => drop.Count) == 8, "everything is counted as dropped");
        Assert.False(lane.ReadStatus([]).IsLogAvailable);
        int before = asked;
        await world.UntilAsync(() => asked >= before + 3, "records of drops are refused, too");

        Volatile.Write(ref refuses, false);
        await world.PostAsync(lane, 4, 4);
        await world.UntilAsync(() => lane.ReadStatus([]).IsLogAvailable, "the log accepts again");
        await world.CompleteAsync(lane);
        await world.FinishAsync();

        Assert.InRange(world.AssertPosted(8), 8UL, 16UL);
        world.AssertWhole();
        var drop = FirstDrop(world);
        Assert.Equal(fate == SequencerFate.NoRoom ? "The volume is full." : "Another writer has the log.", drop.Detail);
    }

    [Fact]
    public async Task A_refusal_after_a_lost_answer_does_not_make_a_drop_of_what_is_in_the_log()
    {
        await using var world = new GrainWorld();
        world.Sequencer.Fate = (_, number) => number == 1 ? SequencerFate.AnswerLost : number <= 4 ? SequencerFate.NoRoom : SequencerFate.Answered;
        var lane = await world.OpenLaneAsync();

        await world.PostAsync(lane, 0, 1);
        await world.UntilAsync(() => world.Sequencer.Appends >= 3 || !lane.ReadStatus([]).IsLogAvailable, "the log refuses");
        await world.CompleteAsync(lane);

        Assert.Empty(lane.ReadStatus([]).Drops);
        Assert.Equal(0UL, world.AssertPosted(1));
    }

    [Fact]
    public async Task A_stop_of_the_fold_in_the_middle_loses_nothing_and_repeats_nothing()
    {
        var disk = new SimulatedFileSystem(seed: 4);
        GlobalSeq saved;
        await using (var first = new GrainWorld(disk))
        {
            first.Sequencer.Fate = (lane, number) => lane != DerivedEvents.Lane ? SequencerFate.Answered : (number % 2 == 0 ? SequencerFate.AnswerLost : SequencerFate.TimedOut);
            await first.StartAsync();
            var lane = await first.OpenLaneAsync();
            await first.PostAsync(lane, 0, 12);
            await first.CompleteAsync(lane);
            await first.UntilAsync(() => first.Sequencer.Appends > 6, "the fold appends");
            await first.SuspendAsync();
            saved = first.Fold.Checkpoint;
            Assert.Equal(first.Fold.Engine.Applied, saved);
        }

        await using var second = new GrainWorld(disk);
        await second.StartAsync();
        await second.FinishAsync();

        Assert.Contains(second.Lines.Of(LogLevel.Information), line => line.Contains($"the fold starts at {saved};", StringComparison.Ordinal));
        Assert.Equal(0UL, second.AssertPosted(12));
        second.AssertWhole();
    }

    [Fact]
    public async Task A_restarted_lane_continues_its_numbers_where_the_log_has_them()
    {
        var disk = new SimulatedFileSystem(seed: 5);
        await using (var first = new GrainWorld(disk))
        {
            var lane = await first.OpenLaneAsync();
            await first.PostAsync(lane, 0, 5);
            await first.CompleteAsync(lane);
        }

        await using var second = new GrainWorld(disk);
        Assert.Equal(10UL, await second.Sink.OpenLaneAsync(GrainWorld.LaneName, CancellationToken.None));
        Assert.Equal(0UL, await second.Sink.OpenLaneAsync("another", CancellationToken.None));
        var again = await second.OpenLaneAsync();
        await second.PostAsync(again, 5, 5);
        await second.CompleteAsync(again);

        Assert.Equal(0UL, second.AssertPosted(10));
    }

    [Fact]
    public async Task A_fold_that_fails_is_reported_and_releases_the_lanes()
    {
        await using var world = new GrainWorld(maxFoldLagEvents: 4);
        world.Sequencer.Fate = (lane, _) => lane == DerivedEvents.Lane ? SequencerFate.Bug : SequencerFate.Answered;
        await world.StartAsync();
        var lane = await world.OpenLaneAsync();

        await world.PostAsync(lane, 0, Transactions);
        await world.UntilAsync(() => world.Lines.Of(LogLevel.Error).Count > 0, "the fold fails");
        Assert.Equal(FoldLoopPhase.Failed, world.Fold.Phase);
        var frozen = (world.Fold.Engine.Applied, world.Fold.Engine.Digest());
        await world.CompleteAsync(lane);

        Assert.Equal("A bug.", world.Fold.Failure!.Message);
        Assert.Equal(frozen, (world.Fold.Engine.Applied, world.Fold.Engine.Digest()));
        Assert.Equal(0UL, world.AssertPosted(Transactions));
        string line = Assert.Single(world.Lines.Of(LogLevel.Error));
        Assert.Equal($"Chain 1: the fold stopped after {frozen.Applied}; the log continues without it", line);
    }

    [Fact]
    public async Task A_fenced_log_answers_unavailable_and_its_lane_counts_every_record()
    {
        await using var world = new GrainWorld();
        await world.StartAsync();
        world.Disk.LoseLocks();
        await using var taker = new Logs.TestLog(world.Disk);
        var lane = await world.OpenLaneAsync();
        await world.PostAsync(lane, 0, 3);
        await world.UntilAsync(() => lane.ReadStatus([]).Drops.Sum(drop => drop.Count) >= 6, "everything is counted as dropped");

        var status = world.Log.Log.ReadStatus();
        Assert.Equal(LogState.Failed, status.State);
        Assert.NotEmpty(status.Detail);
        Assert.False(lane.ReadStatus([]).IsLogAvailable);
        Assert.True(world.Measured.Sum("mempulse_log_refused_batches{chain=1}") > 0);
        Assert.Contains("mempulse_log_writable{chain=1} 0", world.Measured.ReadGauges());
        await lane.DisposeAsync();
    }

    private static LogEvent.TxIngestDropped FirstDrop(GrainWorld world)
    {
        LogEvent.TxIngestDropped? first = null;
        world.ForEachRecord((in record) => first ??= LogEvent.Decode(record) as LogEvent.TxIngestDropped);
        return first!;
    }
}
