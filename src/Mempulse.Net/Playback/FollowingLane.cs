using Mempulse.Net.Ingest;

namespace Mempulse.Net.Playback;

/// <summary>A lane that starts once another one has ended: how captures are played one after the other into one log.</summary>
public sealed class FollowingLane : IIngestLane
{
    private readonly IIngestLane _lane;
    private readonly Task _before;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Task? _starting; // faulted if the lane could not be started, cancelled if it was stopped before its turn

    /// <summary>Creates a lane, which is not started yet.</summary>
    /// <param name="lane">The lane. This one takes ownership.</param>
    /// <param name="before">Completes when the lane before it has ended, however it ended.</param>
    public FollowingLane(IIngestLane lane, Task before)
    {
        ArgumentNullException.ThrowIfNull(lane);
        (_lane, _before) = (lane, before);
    }

    /// <inheritdoc/>
    public string Name => _lane.Name;

    /// <inheritdoc/>
    public Task Completion => _completion.Task;

    /// <inheritdoc/>
    /// <remarks>It returns before the lane's turn.</remarks>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var starting = WaitAndStartAsync();
        _starting = starting;
        _ = CompleteAfterAsync(starting);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        if (_starting is { } starting)
        {
            await starting.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (starting.IsCompletedSuccessfully)
            {
                await _lane.StopAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc/>
    /// <remarks>Sources that have no turn yet are not missing, so they are not listed.</remarks>
    public LaneStatus ReadStatus() => _starting is { IsCompleted: true } ? _lane.ReadStatus() : _lane.ReadStatus() with { IsWaiting = true, Sources = [] };

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        if (_starting is { } starting)
        {
            await starting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await _lane.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task WaitAndStartAsync()
    {
        await _before.WaitAsync(_stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Token.ThrowIfCancellationRequested();
        await _lane.StartAsync(_stop.Token).ConfigureAwait(false);
    }

    private async Task CompleteAfterAsync(Task starting)
    {
        await starting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (starting.IsCanceled)
        {
            _completion.SetResult(); // stopped before its turn
            return;
        }

        var ended = starting.IsFaulted ? starting : _lane.Completion;
        await ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _completion.SetFromTask(ended);
    }
}
