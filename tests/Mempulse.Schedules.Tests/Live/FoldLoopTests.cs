using System.Diagnostics.CodeAnalysis;
using Mempulse.Canon;
using Mempulse.Canon.Snapshots;
using Mempulse.Folding;
using Mempulse.Folding.Checkpoints;
using Mempulse.Folding.Following;
using Mempulse.Folding.Live;
using Mempulse.Folding.Replays;
using Mempulse.Folding.Tests.Live;
using Mempulse.Primitives;
using Mempulse.Replay;
using Mempulse.Scheduling;
using Mempulse.Schedules.Tests.Doubles;
using Mempulse.Schedules.Tests.Scenarios;
using Mempulse.Testing.SimulatedDisk;

namespace Mempulse.Schedules.Tests.Live;

/// <summary>The pump of derived events in its loop, over a real log that refuses appends and loses answers.</summary>
[SuppressMessage("Reliability", "CA2025:Ensure tasks using IDisposable instances complete before the instances are disposed", Justification = "Each test awaits its tasks before it disposes what they use.")]
public sealed class FoldLoopTests
{
    private const int Facts = 3;
    private const int DerivedPerFact = 2;

    private static readonly FoldComposition s_composition = FoldComposition.Default.With(static () => new ManyDerived(DerivedPerFact));
    private static readonly Func<EventLogOptions, EventLog> s_open = EventLog.Open;

    [Fact]
    public void A_fold_that_finishes_has_applied_every_fact_and_logged_every_derived_event_once() => Explorer.Explore(Exploration.Schedules / 2, seed: 1, () => RunAsync(
        static async (loop, facts) =>
        {
            await facts;
            Schedule.Uninterrupted(loop.Finish);
        },
        static (loop, log) =>
        {
            var replayed = Replay(log);
            Assert.Equal(Facts * (1 + DerivedPerFact), (int)log.Watermark.Value);
            Assert.Equal((0UL, 0), (replayed.DivergenceCount, replayed.ExpectedCount));
            Assert.Equal((replayed.Applied, replayed.Digest()), (loop.Engine.Applied, loop.Engine.Digest()));
        }));

    [Fact]
    public void A_fold_that_is_stopped_at_any_point_has_logged_no_derived_event_twice_or_out_of_order() => Explorer.Explore(Exploration.Schedules / 2, seed: 1, () => RunAsync(
        static (loop, _) =>
        {
            Schedule.Uninterrupted(loop.Stop);
            return Task.CompletedTask;
        },
        static (_, log) => Assert.Equal(0UL, Replay(log).DivergenceCount)));

    private static async Task RunAsync(Func<FoldLoop, Task, Task> end, Action<FoldLoop, EventLog> assert)
    {
        var disk = new SimulatedFileSystem(seed: 1);
        var commits = new CommitFeed();
        using var log = s_open(new EventLogOptions { Directory = "/log", Chain = new ChainId(1), Files = disk, Observer = commits, SegmentSizeBytes = 64 << 10 });
        var port = new ScriptedFoldLog(new LocalFoldLog(log, commits));
        var store = new CheckpointStore(new ChainId(1), s_composition, new SnapshotStore(disk, "/log/checkpoints"));
        using var loop = new FoldLoop(port, store, new FoldOptions(), FoldObserver.None, new ScheduleTime());
        var running = new Promise<Task>();
        Schedule.Continue("fold", () => running.TryComplete(OneAtATime.Start(loop.RunAsync)), null, new StrandGroup());

        var facts = AppendFacts(log);
        var ending = Exploration.Run("end", () => end(loop, facts));
        await facts;
        await ending;
        await running.Task.Unwrap();
        await new Condition("the pump is idle", () => port.InFlight == 0);

        Assert.Null(loop.Failure);
        Assert.Equal(FoldLoopPhase.Stopped, loop.Phase);
        assert(loop, log);
    }

    private static Task AppendFacts(EventLog log) => Exploration.Run("lane", async () =>
    {
        for (ulong local = 1; local <= Facts; local++)
        {
            await log.AppendAsync(Sightings.Batch(LaneId.Of("lane"), local, 1), CancellationToken.None);
        }
    });

    private static ReplayEngine Replay(EventLog log)
    {
        var nothing = new CheckpointStore(new ChainId(1), s_composition, new SnapshotStore(new SimulatedFileSystem(seed: 1), "/nothing"));
        using var replay = LogReplay.Open(log.Reader, nothing, GlobalSeq.None);
        replay.RunTo(log.Watermark, CancellationToken.None);
        return replay.Engine;
    }
}
