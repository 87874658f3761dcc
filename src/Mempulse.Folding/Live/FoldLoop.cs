using Mempulse.Folding.Checkpoints;
using Mempulse.Folding.Following;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;
using Mempulse.Replay;

namespace Mempulse.Folding.Live;

/// <summary>Runs a chain's fold: restores the newest checkpoint, applies the log strictly by position, appends derived events and takes checkpoints.</summary>
/// <remarks>
/// Confined to the scheduler it is started on, which must run one task at a time. Nothing is locked: a query
/// on that scheduler sees the state between two batches. A checkpoint is saved in slices between batches.
/// </remarks>
public sealed class FoldLoop : IDisposable
{
    /// <summary>An event older than this is from playback, not live.</summary>
    private static readonly TimeSpan LongestDelay = TimeSpan.FromHours(1);

    private readonly IFoldLog _log;
    private readonly FoldOptions _options;
    private readonly FoldObserver _observer;
    private readonly TimeProvider _time;
    private readonly CheckpointTaker _checkpoints;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _finish = new();
    private DerivedPump _pump;
    private GlobalSeq _startedAt;

    /// <summary>Creates a fold; <see cref="RunAsync"/> starts it.</summary>
    public FoldLoop(IFoldLog log, CheckpointStore checkpoints, FoldOptions options, FoldObserver observer, TimeProvider time)
    {
        _log = log;
        _options = options;
        _observer = observer;
        _time = time;
        _checkpoints = new CheckpointTaker(log, checkpoints, options, observer, time);
        Engine = checkpoints.Create();
        _pump = NewPump();
    }

    /// <summary>The engine. It is replaced when a checkpoint is restored; do not cache it.</summary>
    public ReplayEngine Engine { get; private set; }

    /// <summary>What the loop is doing.</summary>
    public FoldLoopPhase Phase { get; private set; }

    /// <summary>The error that stopped the loop; null unless <see cref="Phase"/> is <see cref="FoldLoopPhase.Failed"/>.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>The follower that feeds the loop; null before the start.</summary>
    public LogFollower? Follower { get; private set; }

    /// <summary>The position of the newest checkpoint.</summary>
    public GlobalSeq Checkpoint => _checkpoints.Newest;

    /// <summary>Restores, follows and applies until <see cref="Stop"/> or <see cref="Finish"/>. Never throws; see <see cref="Failure"/>.</summary>
    public async Task RunAsync()
    {
        try
        {
            Invariant.That(TaskScheduler.Current != TaskScheduler.Default, "INV-85", "a fold does not run on the thread pool, where its tasks would run in parallel");
            await StartAsync();
            await FollowAsync();
            await DrainAsync();
            End(FoldLoopPhase.Stopped);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            End(FoldLoopPhase.Stopped);
        }
#pragma warning disable CA1031 // The boundary of the fold: the log and the other chains must keep running, and the phase reports the failure.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Failure = failure;
            End(FoldLoopPhase.Failed);
        }
    }

    /// <summary>Runs the loop on its own scheduler, for hosts without a suitable one.</summary>
    public Task RunExclusiveAsync() => Task.Factory.StartNew(
        RunAsync, CancellationToken.None, TaskCreationOptions.None, new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler).Unwrap();

    /// <summary>Asks the loop to stop after the current slice; <see cref="RunAsync"/> then returns. Callable from any thread.</summary>
    public void Stop()
    {
        _stop.Cancel();
        _finish.Cancel();
    }

    /// <summary>Asks the loop to stop once everything durable is applied and everything derived is durable. Callable from any thread.</summary>
    public void Finish() => _finish.Cancel();

    /// <summary>Waits for derived events in flight and takes a final checkpoint. Call it after the loop has stopped.</summary>
    public async Task SaveAsync()
    {
        if (Phase == FoldLoopPhase.Stopped)
        {
            await _pump.WaitAsync();
            await _checkpoints.TakeLastAsync(Engine);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Follower?.Dispose();
        _stop.Dispose();
        _finish.Dispose();
    }

    private async Task StartAsync()
    {
        Phase = FoldLoopPhase.Starting;
        Engine = await _checkpoints.RestoreAsync();
        _pump = NewPump();
        _startedAt = _log.Reader.Watermark;
        Follower = new LogFollower(_log.Reader, Engine.Applied, _options.Follower, _time);
        _log.Attach(Follower);
        Phase = FoldLoopPhase.CatchingUp;
        _observer.Started(Engine.Applied, _startedAt);
        CheckCaughtUp();
    }

    private async Task FollowAsync()
    {
        while (await NextOrFinishAsync() is { } batch)
        {
            await ApplyAsync(batch);
        }
    }

    private async ValueTask<SequencedBatch?> NextOrFinishAsync()
    {
        try
        {
            return await Follower!.NextAsync(_finish.Token);
        }
        catch (OperationCanceledException) when (_finish.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Appends derived events and applies them in turn, until nothing is left to append or apply.</summary>
    private async Task DrainAsync()
    {
        do
        {
            _stop.Token.ThrowIfCancellationRequested();
            while (Engine.Applied < _log.Reader.Watermark)
            {
                await ApplyAsync(await Follower!.NextAsync(_stop.Token));
            }

            _pump.Start(_stop.Token);
            await _pump.WaitAsync();
            await _checkpoints.WaitAsync();
        }
        while (Engine.Applied < _log.Reader.Watermark || Engine.UndrainedCount > 0);
    }

    private async Task ApplyAsync(SequencedBatch batch)
    {
        Invariant.That(batch.First == Engine.Applied.Next, "INV-84", "the fold applies strictly the next position");
        Engine.Apply(batch);
        _observer.Applied(Engine.Applied, batch.Count, Delay());
        CheckCaughtUp();

        // Events derived before a restart are already in the log. Only after catching up is it known which ones are missing.
        if (Phase == FoldLoopPhase.Following || Engine.NeedsDrain)
        {
            _pump.Start(_stop.Token);
        }

        if (Engine.NeedsDrain)
        {
            await _pump.WaitAsync();
            _stop.Token.ThrowIfCancellationRequested();
        }

        _checkpoints.BeginIfDue(Engine);
        await Task.Yield(); // the end of a slice: queries are answered here
    }

    private void CheckCaughtUp()
    {
        if (Phase == FoldLoopPhase.CatchingUp && Engine.Applied >= _startedAt)
        {
            Phase = FoldLoopPhase.Following;
            _observer.CaughtUp(Engine);
        }
    }

    private TimeSpan? Delay()
    {
        var delay = TimeSpan.FromMicroseconds((RecordClock.Now(_time).Value - Engine.EventTime.Value) / 1000);
        return Phase == FoldLoopPhase.Following && delay >= TimeSpan.Zero && delay < LongestDelay ? delay : null;
    }

    private void End(FoldLoopPhase phase)
    {
        _checkpoints.Abandon();
        Phase = phase;
        if (Failure is { } failure)
        {
            _observer.Failed(Engine.Applied, failure);
        }
        else
        {
            _observer.Stopped(Engine.Applied);
        }
    }

    // After the log has failed for good nothing wakes the follower, so the loop is asked to finish and meets the failure there.
    private DerivedPump NewPump() => new(Engine, _log, _options, _observer, _time) { Failed = Finish };
}
