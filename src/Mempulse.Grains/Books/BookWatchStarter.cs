using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Simulations;
using Microsoft.Extensions.Logging;

namespace Mempulse.Grains.Books;

/// <summary>Keeps a watcher alive for each chain whose state this silo can read.</summary>
/// <remarks>
/// The watcher is one grain in the cluster and ends with its silo. Every silo that can host it asks for it again and again, so another one takes over. A silo
/// that stops deactivates the watchers that it hosts, and no others.
/// </remarks>
internal sealed partial class BookWatchStarter(SimHost states, IGrainFactory grains, TimeProvider time, ILogger<BookWatchStarter> log) : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private const int AfterTheFolds = ServiceLifecycleStage.Active + 2;

    /// <summary>The time after which a watcher that is gone is started elsewhere, at most.</summary>
    private static readonly TimeSpan _period = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stop = new();
    private Task _keeping = Task.CompletedTask;

    /// <inheritdoc/>
    public void Participate(ISiloLifecycle observer) => observer.Subscribe(nameof(BookWatchStarter), AfterTheFolds, StartAsync, StopAsync);

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    private Task StartAsync(CancellationToken cancellationToken)
    {
        if (states.Chains.Count > 0)
        {
            _keeping = Task.Run(KeepAsync, CancellationToken.None);
        }

        return Task.CompletedTask;
    }

    private async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _keeping;
    }

    private async Task KeepAsync()
    {
        using var timer = new PeriodicTimer(_period, time);
        try
        {
            do
            {
                await StartWatchersAsync();
            }
            while (await timer.WaitForNextTickAsync(_stop.Token));
        }
        catch (OperationCanceledException)
        {
            // The silo is stopping.
        }
    }

    private async Task StartWatchersAsync()
    {
        foreach (var chain in states.Chains)
        {
            try
            {
                await grains.BookWatch(chain).Start();
            }
            catch (Exception failure) when (failure is TimeoutException or OrleansException or ArgumentException)
            {
                LogNotStarted(log, chain, failure); // the next turn follows soon
            }
        }
    }
}
