using Mempulse.Grains.Abstractions.Mempool;
using Mempulse.Grains.Following;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;
using Mempulse.Replay;

namespace Mempulse.Grains.Folding;

/// <summary>Runs a chain's fold: newest checkpoint, then the log strictly by position; derived events back into the log; checkpoints.</summary>
/// <remarks>
/// Confined to the scheduler it is started on (the mempool grain's): nothing is locked, and whoever asks between two
/// slices sees a state between two events. While a checkpoint is serialised on another thread nothing is applied, and
/// questions, which only read, go on.
/// </remarks>
internal sealed partial class FoldLoop : IDisposable
{
    private readonly FoldContext _context;
    private readonly CheckpointTaker _checkpoints;
    private readonly CancellationTokenSource _stop = new();
    private DerivedPump _pump;
    private GlobalSeq _startedAt;
    private long _countedDerived;

    public FoldLoop(FoldContext context)
    {
        _context = context;
        _checkpoints = new CheckpointTaker(context);
        Engine = context.Composition.Create(context.Chain);
        _pump = NewPump();
    }

    /// <summary>The engine; another one once a checkpoint was restored.</summary>
    public ReplayEngine Engine { get; private set; }

    /// <summary>What the loop is doing.</summary>
    public FoldPhase Phase { get; private set; }

    /// <summary>What stopped it; null unless <see cref="Phase"/> is Failed.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>The follower that feeds it; null before the start.</summary>
    public LogFollower? Follower { get; private set; }

    /// <summary>Position of the newest checkpoint.</summary>
    public GlobalSeq Checkpoint => _checkpoints.Newest;

    /// <summary>Restores, follows and applies until it is stopped. Never throws: what goes wrong is in <see cref="Failure"/>.</summary>
    public async Task RunAsync()
    {
        try
        {
            await StartAsync();
            while (true)
            {
                await StepAsync();
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            Phase = FoldPhase.Stopped;
        }
#pragma warning disable CA1031 // The boundary of the fold: the log and every other chain must live on, and the state says what happened.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Failure = failure;
            Phase = FoldPhase.Failed;
            LogFoldFailed(_context.Log, _context.Chain, Engine.Applied, failure);
        }

        // Lanes must not wait for a fold that does not run.
        _context.Progress.Release();
    }

    /// <summary>Asks the loop to stop; <see cref="RunAsync"/> then returns.</summary>
    public void Stop() => _stop.Cancel();

    /// <summary>After the loop has stopped: derived events that were appended and a last checkpoint, on disk.</summary>
    public async Task SaveAsync()
    {
        if (Phase == FoldPhase.Stopped)
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
    }

    private async Task StartAsync()
    {
        Phase = FoldPhase.Starting;
        Engine = await _checkpoints.RestoreAsync() ?? Engine;
        _pump = NewPump();
        _startedAt = _context.DurableAtStart();
        Follower = new LogFollower(_context.Pages, Engine.Applied, _context.Options.Follower, _context.Time);
        Phase = Engine.Applied < _startedAt ? FoldPhase.CatchingUp : FoldPhase.Following;
        LogFoldStarts(_context.Log, _context.Chain, Engine.Applied, _startedAt);
    }

    private async Task StepAsync()
    {
        var batch = await Follower!.NextAsync(_stop.Token);
        Invariant.That(batch.First == Engine.Applied.Next, "INV-84", "the fold applies strictly the next position");
        Engine.Apply(batch);
        _context.Progress.MoveTo(Engine.Applied);
        Count(batch);
        if (Phase == FoldPhase.CatchingUp && Engine.Applied >= _startedAt)
        {
            Phase = FoldPhase.Following;
            var digest = Engine.Digest();
            LogCaughtUp(_context.Log, _context.Chain, Engine.Applied, digest);
        }

        // What was derived before a restart is in the log as well; only when all of that was read is the rest missing there.
        if (Phase == FoldPhase.Following || Engine.NeedsDrain)
        {
            _pump.Start(_stop.Token);
        }

        if (Engine.NeedsDrain || _checkpoints.IsDue(Engine))
        {
            await _pump.WaitAsync();
            _stop.Token.ThrowIfCancellationRequested();
        }

        await _checkpoints.TakeIfDueAsync(Engine);
        await Task.Yield(); // the end of a slice: questions are answered here
    }

    private void Count(SequencedBatch batch)
    {
        _context.Meter.Applied(_context.Chain, batch.Count);
        _context.Meter.Derived(_context.Chain, (int)(_pump.Appended - _countedDerived));
        _countedDerived = _pump.Appended;
        var delay = TimeSpan.FromMicroseconds((Clock.Now(_context.Time).Value - Engine.EventTime.Value) / 1000);
        if (Phase == FoldPhase.Following && delay >= TimeSpan.Zero && delay < _longestDelay)
        {
            _context.Meter.AppliedAfter(_context.Chain, delay);
        }
    }

    /// <summary>Above it the event was not observed now but played back.</summary>
    private static readonly TimeSpan _longestDelay = TimeSpan.FromHours(1);

    private DerivedPump NewPump() => new(Engine, _context.Append, _context.Options, _context.Time);
}
