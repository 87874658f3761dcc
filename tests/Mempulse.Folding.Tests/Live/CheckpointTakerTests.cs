using System.Globalization;
using Mempulse.Canon.Snapshots;
using Mempulse.Folding.Checkpoints;
using Mempulse.Folding.Live;
using Mempulse.Primitives;
using Mempulse.Testing.SimulatedDisk;

namespace Mempulse.Folding.Tests.Live;

public sealed class CheckpointTakerTests
{
    private readonly SimulatedFileSystem _disk = new(seed: 21);

    private static FoldOptions Often => new() { CheckpointEvents = 20, CheckpointEventsPerTx = 0 };

    [Fact]
    public async Task A_due_checkpoint_is_written_and_recorded_and_the_next_start_uses_it()
    {
        GlobalSeq newest;
        await using (var world = new FoldWorld(_disk, options: Often))
        {
            await world.AppendAsync(Facts.Pending(30));
            world.Start();
            await world.UntilAsync(() => world.Reports.All.Any(static report => report.StartsWith("checkpoint at", StringComparison.Ordinal)), "a checkpoint");
            await world.FinishAsync();
            newest = world.Loop.Checkpoint;

            Assert.True(newest > GlobalSeq.None);
            Assert.NotNull(world.Log.LastSequence(CheckpointTaker.Lane));
            world.AssertWhole();
        }

        await using var again = new FoldWorld(_disk, options: Often);
        again.Start();
        await again.FinishAsync();

        Assert.StartsWith($"started at {newest} of", again.Reports.All[0], StringComparison.Ordinal);
        again.AssertWhole();
    }

    [Theory]
    [InlineData(DiskFault.NoSpace)]
    [InlineData(DiskFault.Error)]
    public async Task A_disk_failure_loses_only_that_checkpoint_and_the_next_one_is_tried(DiskFault fault)
    {
        await using var world = new FoldWorld(_disk, options: Often);
        _disk.Faults = call => call.Path.StartsWith(FoldWorld.CheckpointPath, StringComparison.Ordinal) ? fault : DiskFault.None;
        var facts = Facts.Pending(60);
        await world.AppendAsync(Facts.Part(facts, 0, 60));
        world.Start();
        await world.UntilAsync(() => world.Reports.All.Any(static report => report.StartsWith("no checkpoint at", StringComparison.Ordinal)), "a failed checkpoint");
        Assert.Equal(GlobalSeq.None, world.Loop.Checkpoint);

        _disk.Faults = static _ => DiskFault.None;
        await world.AppendAsync(Facts.Part(facts, 60, 60));
        await world.UntilAsync(() => world.Reports.All.Any(static report => report.StartsWith("checkpoint at", StringComparison.Ordinal)), "a checkpoint");
        await world.FinishAsync();

        world.AssertWhole();
    }

    [Fact]
    public async Task A_checkpoint_that_the_log_does_not_record_is_still_used()
    {
        GlobalSeq newest;
        await using (var world = new FoldWorld(_disk, options: Often))
        {
            world.Port.Fate = (lane, _) => lane == CheckpointTaker.Lane ? AppendFate.Refused : AppendFate.Appended;
            await world.AppendAsync(Facts.Pending(30));
            world.Start();
            await world.UntilAsync(() => world.Reports.All.Any(static report => report.Contains("not recorded", StringComparison.Ordinal)), "a checkpoint that is not recorded");
            await world.FinishAsync();
            newest = world.Loop.Checkpoint;
        }

        await using var again = new FoldWorld(_disk);
        again.Start();
        await again.FinishAsync();

        Assert.StartsWith($"started at {newest} of", again.Reports.All[0], StringComparison.Ordinal);
        again.AssertWhole();
    }

    [Fact]
    public async Task Saving_after_a_stop_takes_one_last_checkpoint()
    {
        await using var world = new FoldWorld(_disk);
        await world.AppendAsync(Facts.Short());
        world.Start();
        await world.FinishAsync();

        await world.Loop.SaveAsync();
        await world.Loop.SaveAsync();

        Assert.Single(world.Reports.All, report => report == $"checkpoint at {world.Loop.Engine.Applied}");
    }

    [Fact]
    public async Task A_checkpoint_of_other_rules_is_ignored_and_the_log_is_folded_from_its_beginning()
    {
        await using (var other = new FoldWorld(_disk, FoldComposition.Default.With(static () => new FactCounter())))
        {
            await other.AppendAsync(Facts.Short());
            other.Start();
            await other.FinishAsync();
            await other.Loop.SaveAsync();
        }

        await using var world = new FoldWorld(_disk);
        world.Start();
        await world.FinishAsync();

        Assert.Contains(FactCounter.Rules, world.Reports.All[0], StringComparison.Ordinal);
        Assert.StartsWith("started at 0 of", world.Reports.All[1], StringComparison.Ordinal);
        world.AssertWhole();
    }

    [Fact]
    public async Task Rules_too_long_for_the_mark_are_saved_and_restored()
    {
        var many = Enumerable.Range(0, 8).Aggregate(FoldComposition.Default, static (composition, index) => composition.With(() => new NamedDerivation($"a-derivation-with-a-long-name-{index}/1", index)));
        await using (var world = new FoldWorld(_disk, many))
        {
            await world.AppendAsync(Facts.Short());
            world.Start();
            await world.FinishAsync();
            await world.Loop.SaveAsync();
            Assert.True(world.Loop.Engine.RuleVersion.Length > SnapshotMark.MaxRuleVersionBytes);
        }

        await using var again = new FoldWorld(_disk, many);
        again.Start();
        await again.FinishAsync();

        Assert.DoesNotContain("started at 0 ", again.Reports.All[0], StringComparison.Ordinal);
        again.AssertWhole();
    }

    [Fact]
    public async Task A_damaged_checkpoint_is_skipped_for_the_previous_one()
    {
        await using (var world = new FoldWorld(_disk))
        {
            var facts = Facts.Pending(10);
            await world.AppendAsync(Facts.Part(facts, 0, 10));
            world.Start();
            await world.FinishAsync();
            await world.Loop.SaveAsync();
        }

        await using (var world = new FoldWorld(_disk))
        {
            await world.AppendAsync(Facts.Part(Facts.Pending(10), 10, 10));
            world.Start();
            await world.FinishAsync();
            await world.Loop.SaveAsync();
        }

        string[] kept = [.. _disk.List(FoldWorld.CheckpointPath).Where(static name => name.EndsWith(".snap", StringComparison.Ordinal))];
        (string previous, string newest) = (kept[^2], kept[^1]);
        _disk.FlipBit($"{FoldWorld.CheckpointPath}/{newest}", offset: 500, bit: 1);
        await using var again = new FoldWorld(_disk);
        again.Start();
        await again.FinishAsync();

        Assert.StartsWith("ignored: ", again.Reports.All[0], StringComparison.Ordinal);
        Assert.StartsWith($"started at {ulong.Parse(previous.Split('-')[0], CultureInfo.InvariantCulture)} of", again.Reports.All[1], StringComparison.Ordinal);
        again.AssertWhole();
    }

    [Fact]
    public async Task A_checkpoint_ahead_of_the_log_stops_the_fold_because_the_log_lost_data()
    {
        await using var world = new FoldWorld(_disk);
        await world.AppendAsync(Facts.Short());
        using (var ahead = world.Checkpoints.Begin(new GlobalSeq(1_000), new Epoch(1)))
        {
            ahead.Complete(CheckpointStore.MarkOf(new GlobalSeq(1_000), new Epoch(1), StateDigest.Empty, "any"));
        }

        world.Start();
        await world.UntilAsync(() => world.Loop.Phase == FoldLoopPhase.Failed, "the fold fails");
        await world.EndAsync();

        Assert.IsType<SnapshotAheadException>(world.Loop.Failure);
        Assert.Equal(["failed after 0: SnapshotAheadException"], world.Reports.All);
    }
}
