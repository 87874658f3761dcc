using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Simulations;

namespace Mempulse.Grains.Books;

/// <summary>Starts the watchers of the chains whose state this silo can read, and stops them before it stops.</summary>
internal sealed class BookWatchStarter(SimHost states, IGrainFactory grains) : ILifecycleParticipant<ISiloLifecycle>
{
    private const int AfterTheFolds = ServiceLifecycleStage.Active + 2;

    /// <inheritdoc/>
    public void Participate(ISiloLifecycle observer) => observer.Subscribe(nameof(BookWatchStarter), AfterTheFolds, StartAsync, StopAsync);

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var chain in states.Chains)
        {
            await grains.BookWatch(chain).Start();
        }
    }

    private Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(states.Chains.Select(chain => grains.BookWatch(chain).Suspend().AsTask()));
}
