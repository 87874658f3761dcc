using Mempulse.Canon;
using Mempulse.Canon.Fencing;
using Mempulse.Folding.Live;
using Mempulse.Primitives;
using Mempulse.Replay.Derivations;
using Mempulse.Testing.SimulatedDisk;

namespace Mempulse.Folding.Tests.Live;

public sealed class FoldLoopTests
{
    [Fact]
    public async Task Facts_appended_while_it_runs_are_folded_and_their_derived_events_appended()
    {
        await using var world = new FoldWorld();
        world.Start();
        await world.ReportedAsync("caught up at 0");

        await world.AppendAsync(Facts.Short());
        await world.FinishAsync();

        Assert.Equal(["started at 0 of 0", "caught up at 0", "stopped"], world.Reports.All);
        Assert.True(world.Reports.Derived > 0);
        Assert.Equal(world.Log.Watermark, world.Loop.Engine.Applied);
        world.AssertWhole();
    }

    [Fact]
    public async Task The_existing_log_is_folded_first()
    {
        await using var world = new FoldWorld();
        var facts = Facts.Short();
        await world.AppendAsync(facts);

        world.Start();
        await world.ReportedAsync($"caught up at {facts.Count}");
        await world.FinishAsync();

        world.AssertWhole();
    }

    [Fact]
    public async Task A_restart_appends_only_what_the_log_lacks()
    {
        var disk = new SimulatedFileSystem(seed: 5);
        await using (var first = new FoldWorld(disk))
        {
            first.Port.Fate = (lane, _) => lane == DerivedEvents.Lane ? AppendFate.Refused : AppendFate.Appended;
            await first.AppendAsync(Facts.Short());
            first.Start();
            await first.UntilAsync(() => first.Port.Appends >= 2, "the log refuses");
            await first.StopAsync();
            Assert.Null(first.Log.LastSequence(DerivedEvents.Lane));
        }

        await using var second = new FoldWorld(disk);
        second.Start();
        await second.FinishAsync();

        second.AssertWhole();
    }

    [Fact]
    public async Task A_log_that_lost_its_epoch_stops_the_fold()
    {
        await using var world = new FoldWorld();
        await world.AppendAsync(Facts.Short());
        world.Disk.LoseLocks();
        using var usurper = EventLog.Open(new EventLogOptions { Directory = "/log", Chain = Testing.Scenarios.Scenario.Chain, Files = world.Disk });

        world.Start();
        await world.UntilAsync(() => world.Loop.Phase == FoldLoopPhase.Failed, "the fold ends");
        await world.EndAsync();

        Assert.IsType<LogFencedException>(world.Loop.Failure);
        Assert.StartsWith("failed after", world.Reports.All[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_derivation_that_throws_stops_the_fold_before_that_event_and_the_log_continues()
    {
        await using var world = new FoldWorld(composition: FoldComposition.Default.With(static () => new ThrowingDerivation(at: 3)));
        var facts = Facts.Short();
        await world.AppendAsync(Facts.Part(facts, 0, 5));

        world.Start();
        await world.EndAsync();
        await world.AppendAsync(Facts.Part(facts, 5, 1));

        Assert.Equal("failed after 2: InvariantBrokenException", world.Reports.All[^1]);
        Assert.Equal((FoldLoopPhase.Failed, new GlobalSeq(2)), (world.Loop.Phase, world.Loop.Engine.Applied));
        Assert.Equal(new GlobalSeq(6), world.Log.Watermark);
    }

    [Fact]
    public async Task A_stop_does_not_wait_for_an_append_and_saving_does()
    {
        var disk = new SimulatedFileSystem(seed: 6);
        await using (var first = new FoldWorld(disk))
        {
            first.Port.Fate = (lane, _) => lane == DerivedEvents.Lane ? AppendFate.Hangs : AppendFate.Appended;
            await first.AppendAsync(Facts.Short());
            first.Start();
            await first.UntilAsync(() => first.Port.Appends == 1, "the append hangs");

            await first.StopAsync();
            var saving = first.Loop.SaveAsync();
            Assert.False(saving.IsCompleted);
            first.Port.Release();
            await saving;

            Assert.Equal(["stopped", $"checkpoint at {first.Loop.Engine.Applied}"], first.Reports.All.Skip(2));
        }

        await using var second = new FoldWorld(disk);
        second.Start();
        await second.FinishAsync();

        Assert.StartsWith("started at ", second.Reports.All[0], StringComparison.Ordinal);
        Assert.DoesNotContain("started at 0 ", second.Reports.All[0], StringComparison.Ordinal);
        second.AssertWhole();
    }

    [Fact]
    public async Task A_finishing_fold_can_still_be_stopped()
    {
        await using var world = new FoldWorld();
        world.Port.Fate = (_, _) => AppendFate.Refused;
        await world.AppendAsync(Facts.Short());
        world.Start();
        world.Loop.Finish();
        await world.UntilAsync(() => world.Port.Appends >= 2, "the log refuses");

        world.Loop.Stop();
        await world.EndAsync();

        Assert.Equal(FoldLoopPhase.Stopped, world.Loop.Phase);
    }

    [Fact]
    public async Task Applying_pauses_while_too_many_derived_events_are_not_in_the_log()
    {
        const int perFact = 1_000;
        int mostFacts = (Replay.ReplayEngine.BackPressureExpected / perFact) + 1;
        await using var world = new FoldWorld(composition: FoldComposition.Default.With(static () => new ManyDerived(perFact)));
        bool refuses = true;
        world.Port.Fate = (_, _) => Volatile.Read(ref refuses) ? AppendFate.Refused : AppendFate.Appended;
        var facts = Facts.Pending(mostFacts);
        world.Start();
        for (int i = 0; i < mostFacts; i++)
        {
            await world.AppendAsync(Facts.Part(facts, i, 1));
            await world.UntilAsync(() => world.Reports.Through.Value == (ulong)i + 1, $"fact {i} is applied");
        }

        await world.AppendAsync(Facts.Part(facts, mostFacts, 1));
        int appends = world.Port.Appends;
        await world.UntilAsync(() => world.Port.Appends > appends + 2, "the batch is repeated");
        Assert.Equal((ulong)mostFacts, world.Reports.Through.Value);

        Volatile.Write(ref refuses, false);
        await world.FinishAsync();
        world.AssertWhole();
    }

    [Fact]
    public async Task The_thread_pool_is_refused_because_tasks_run_in_parallel_there()
    {
        await using var world = new FoldWorld();

        await Task.Run(world.Loop.RunAsync, TestContext.Current.CancellationToken);

        Assert.Equal(FoldLoopPhase.Failed, world.Loop.Phase);
        Assert.Contains("INV-85", world.Loop.Failure!.Message, StringComparison.Ordinal);
    }
}
