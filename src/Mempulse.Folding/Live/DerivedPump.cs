using Mempulse.Primitives.Records;
using Mempulse.Replay;
using Mempulse.Replay.Derivations;

namespace Mempulse.Folding.Live;

/// <summary>Appends derived events to the log, one batch in flight at a time, and confirms them to the engine.</summary>
/// <remarks>Confined to the fold's scheduler. If the log fails for good, <see cref="Failed"/> is called, and the next call throws.</remarks>
internal sealed class DerivedPump(ReplayEngine engine, IFoldLog log, FoldOptions options, FoldObserver observer, TimeProvider time)
{
    /// <summary>The maximum number of events in one append.</summary>
    public const int MaxBatchEvents = 1024;

    private readonly EventBatch _batch = new(DerivedEvents.Lane);
    private Task _inFlight = Task.CompletedTask;

    /// <summary>Called when the log has failed for good.</summary>
    public required Action Failed { get; init; }

    /// <summary>Starts appending the pending events, if nothing is in flight.</summary>
    /// <exception cref="IOException">The log failed for good in an earlier append.</exception>
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

    /// <summary>Waits for the append in flight.</summary>
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

                // The same batch again: the log recognises the records it already has by lane sequence.
                await Task.Delay(options.RetryDelay, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            }

            engine.ConfirmDerived(_batch.Last);
            observer.DerivedAppended(count);
        }
    }
}
