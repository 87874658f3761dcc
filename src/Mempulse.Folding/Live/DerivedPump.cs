using Mempulse.Primitives.Records;
using Mempulse.Replay;
using Mempulse.Replay.Derivations;

namespace Mempulse.Folding.Live;

/// <summary>Appends what the fold derives, one batch in flight at a time, and confirms it to the engine.</summary>
/// <remarks>Confined to the fold's scheduler. A failure of the log that is final is thrown by the next call, after <see cref="Failed"/>.</remarks>
internal sealed class DerivedPump(ReplayEngine engine, IFoldLog log, FoldOptions options, FoldObserver observer, TimeProvider time)
{
    /// <summary>Most events of one append.</summary>
    public const int MaxBatchEvents = 1024;

    private readonly EventBatch _batch = new(DerivedEvents.Lane);
    private Task _inFlight = Task.CompletedTask;

    /// <summary>Called when the log failed for good.</summary>
    public required Action Failed { get; init; }

    /// <summary>Starts to append what waits, if nothing is in flight.</summary>
    /// <exception cref="IOException">The log failed for good at an earlier append.</exception>
    public void Start(CancellationToken stop)
    {
        if (_inFlight.IsFaulted)
        {
            _inFlight.GetAwaiter().GetResult();
        }

        if (_inFlight.IsCompleted && engine.UndrainedCount > 0)
        {
            _inFlight = AppendAllAsync(stop);
        }
    }

    /// <summary>Waits for what is in flight.</summary>
    public Task WaitAsync() => _inFlight;

    private async Task AppendAllAsync(CancellationToken stop)
    {
        try
        {
            await AppendWhileAnyAsync(stop);
        }
        catch
        {
            Failed();
            throw;
        }
    }

    private async Task AppendWhileAnyAsync(CancellationToken stop)
    {
        while (engine.UndrainedCount > 0)
        {
            _batch.Clear();
            int count = engine.DrainDerived(_batch, MaxBatchEvents);
            while (!(await log.AppendAsync(_batch)).IsDurable)
            {
                if (stop.IsCancellationRequested)
                {
                    engine.RewindDerived();
                    return;
                }

                // The very same batch again: the log recognises by lane and position what it already has of it.
                await Task.Delay(options.RetryDelay, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            }

            engine.ConfirmDerived(_batch.Last);
            observer.DerivedAppended(count);
        }
    }
}
