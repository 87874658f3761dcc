using Mempulse.Grains.Abstractions.Sequencing;
using Mempulse.Primitives.Records;
using Mempulse.Replay;
using Mempulse.Replay.Derivations;

namespace Mempulse.Grains.Folding;

/// <summary>Appends what the fold derives, one batch under way at a time, and confirms it to the engine.</summary>
/// <remarks>Confined to the fold's scheduler.</remarks>
internal sealed class DerivedPump(ReplayEngine engine, Func<EventBatch, ValueTask<AppendAnswer>> append, FoldOptions options, TimeProvider time)
{
    private readonly EventBatch _batch = new(DerivedEvents.Lane);
    private Task _underWay = Task.CompletedTask;

    /// <summary>Events of one append.</summary>
    private const int MaxBatchEvents = 1024;

    /// <summary>Derived events that are in the log by this pump.</summary>
    public long Appended { get; private set; }

    /// <summary>Starts to append what waits, if nothing is under way.</summary>
    public void Start(CancellationToken cancellationToken)
    {
        if (_underWay.IsFaulted)
        {
            _underWay.GetAwaiter().GetResult();
        }

        if (_underWay.IsCompleted && engine.UndrainedCount > 0)
        {
            _underWay = AppendAllAsync(cancellationToken);
        }
    }

    /// <summary>Waits for what is under way.</summary>
    public Task WaitAsync() => _underWay;

    private async Task AppendAllAsync(CancellationToken cancellationToken)
    {
        while (engine.UndrainedCount > 0)
        {
            _batch.Clear();
            int count = engine.DrainDerived(_batch, MaxBatchEvents);
            while (!await TryAppendAsync())
            {
                if (cancellationToken.IsCancellationRequested)
                {
                    engine.RewindDerived();
                    return;
                }

                // The very same batch again: what the log has of it already it recognises by lane and position.
                await Task.Delay(options.RetryDelay, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            }

            engine.ConfirmDerived(_batch.Last);
            Appended += count;
        }
    }

    private async ValueTask<bool> TryAppendAsync()
    {
        try
        {
            return (await append(_batch)).Outcome == AppendOutcome.Durable;
        }
        catch (Exception unknown) when (unknown is TimeoutException or OrleansException)
        {
            return false;
        }
    }
}
