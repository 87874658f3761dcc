using Mempulse.Canon;
using Mempulse.Canon.Snapshots;
using Mempulse.Folding.Checkpoints;
using Mempulse.Folding.Following;
using Mempulse.Folding.Live;
using Mempulse.Folding.Replays;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;
using Mempulse.Replay;
using Mempulse.Testing.Scenarios;
using Mempulse.Testing.SimulatedDisk;
using Mempulse.Testing.Waiting;
using Microsoft.Extensions.Time.Testing;

namespace Mempulse.Folding.Tests.Live;

/// <summary>A fold over a real log on a simulated disk, with the failures that the test sets.</summary>
internal sealed class FoldWorld : IAsyncDisposable
{
    public const string CheckpointPath = "/log/checkpoints";

    /// <summary>The world disposes what this opens, which the analyzer does not see.</summary>
    private static readonly Func<EventLogOptions, EventLog> _open = EventLog.Open;

    private readonly CommitFeed _commits = new();
    private Task _running = Task.CompletedTask;

    public FoldWorld(SimulatedFileSystem? disk = null, FoldComposition? composition = null, FoldOptions? options = null)
    {
        Disk = disk ?? new SimulatedFileSystem(seed: 11);
        Composition = composition ?? FoldComposition.Default;
        Log = _open(new EventLogOptions { Directory = "/log", Chain = Scenario.Chain, Files = Disk, Observer = _commits, SegmentSizeBytes = 1 << 20 });
        Port = new FailingFoldLog(new LocalFoldLog(Log, _commits));
        Loop = new FoldLoop(Port, Checkpoints, options ?? new FoldOptions(), Reports, Time);
    }

    public SimulatedFileSystem Disk { get; }

    public FoldComposition Composition { get; }

    public EventLog Log { get; }

    public FailingFoldLog Port { get; }

    public FoldReportTrace Reports { get; } = new();

    public FakeTimeProvider Time { get; } = new();

    public FoldLoop Loop { get; }

    public CheckpointStore Checkpoints => new(Scenario.Chain, Composition, new SnapshotStore(Disk, CheckpointPath));

    /// <summary>Appends facts as a lane would.</summary>
    public async Task AppendAsync(EventBatch facts) => await Log.AppendAsync(facts, CancellationToken.None);

    /// <summary>Starts the loop on its own scheduler.</summary>
    public void Start() => _running = Loop.RunExclusiveAsync();

    /// <summary>Waits until the loop has ended.</summary>
    public Task EndAsync() => _running;

    /// <summary>Stops the loop after it has folded and appended everything.</summary>
    public async Task FinishAsync()
    {
        Loop.Finish();
        await Until.TrueAsync(() => Passes(Loop.Phase is FoldLoopPhase.Stopped or FoldLoopPhase.Failed), "the loop finishes");
        await _running;
    }

    /// <summary>Stops the loop immediately.</summary>
    public async Task StopAsync()
    {
        Loop.Stop();
        await _running;
    }

    /// <summary>Advances the fake clock until a report arrives.</summary>
    public Task ReportedAsync(string report) => Until.TrueAsync(() => Passes(Reports.All.Contains(report)), report);

    /// <summary>Advances the fake clock until a condition holds.</summary>
    public Task UntilAsync(Func<bool> condition, string what) => Until.TrueAsync(() => Passes(condition()), what);

    /// <summary>A replay of the whole log as it is on disk.</summary>
    public ReplayEngine Replay()
    {
        using var replay = LogReplay.Open(Log.Reader, new CheckpointStore(Scenario.Chain, Composition, new SnapshotStore(Disk, "/nothing")), GlobalSeq.None);
        replay.RunTo(Log.Watermark, CancellationToken.None);
        return replay.Engine;
    }

    /// <summary>Asserts that the log holds every derived event exactly once, and that the loop's state equals the replay's.</summary>
    public void AssertWhole()
    {
        var replayed = Replay();
        Assert.Equal((0UL, 0), (replayed.DivergenceCount, replayed.ExpectedCount));
        Assert.Equal((replayed.Applied, replayed.Digest()), (Loop.Engine.Applied, Loop.Engine.Digest()));
    }

    public async ValueTask DisposeAsync()
    {
        Loop.Stop();
        Port.Release();
        await _running;
        Loop.Dispose();
        Log.Dispose();
    }

    private bool Passes(bool holds)
    {
        if (!holds)
        {
            Time.Advance(FoldOptions.DefaultRetryDelay);
        }

        return holds;
    }
}
