using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Logs;
using Microsoft.Extensions.Options;

namespace Mempulse.Grains.Folding;

/// <summary>Starts the folds of this silo's chains once the silo is active, and suspends them before it stops.</summary>
internal sealed class FoldStarter(IOptions<LogHostOptions> options, IGrainFactory grains) : ILifecycleParticipant<ISiloLifecycle>
{
    private const int AfterTheLogs = ServiceLifecycleStage.Active + 1;

    /// <inheritdoc/>
    public void Participate(ISiloLifecycle observer) => observer.Subscribe(nameof(FoldStarter), AfterTheLogs, StartAsync, StopAsync);

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var chain in options.Value.Chains)
        {
            await grains.Mempool(chain).Start();
        }
    }

    /// <summary>All at once: a fold that cannot be suspended must not cost the others their checkpoints.</summary>
    private Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(options.Value.Chains.Select(chain => grains.Mempool(chain).Suspend().AsTask()));
}
