namespace Mempulse.Net.Ingest;

/// <summary>Runs the parts of a lane in parallel with its pipeline. If one fails because of a bug, all stop and the lane faults.</summary>
internal sealed class LaneSupervisor(IngestPipeline pipeline) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _parts = Task.CompletedTask;

    /// <summary>Completes with the pipeline. Faults with the first part that fails.</summary>
    public Task Completion => _completion.Task;

    /// <summary>Starts the pipeline, then the parts.</summary>
    public async Task StartAsync(IEnumerable<Func<CancellationToken, Task>> parts, CancellationToken cancellationToken)
    {
        await pipeline.StartAsync(cancellationToken).ConfigureAwait(false);
        _parts = Task.WhenAll(parts.Select(part => Task.Run(() => RunPartAsync(part), CancellationToken.None)));
        _ = WatchPipelineAsync();
    }

    /// <summary>Stops the parts and waits for them.</summary>
    public async Task StopPartsAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _parts.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Stops the parts. The lane disposes the pipeline.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopPartsAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task RunPartAsync(Func<CancellationToken, Task> part)
    {
        var running = part(_stop.Token);
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (running.IsFaulted)
        {
            _completion.TrySetFromTask(running);
            await _stop.CancelAsync().ConfigureAwait(false);
        }
    }

    private async Task WatchPipelineAsync()
    {
        await pipeline.Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _completion.TrySetFromTask(pipeline.Completion);
        await _stop.CancelAsync().ConfigureAwait(false);
    }
}
