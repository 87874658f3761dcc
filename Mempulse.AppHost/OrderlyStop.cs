using Microsoft.Extensions.Hosting;

namespace Mempulse.AppHost;

/// <summary>Stops the silos before what they stand on: each drains with its database, and its last telemetry reaches the dashboard. The host ends after its processes.</summary>
/// <param name="model">What runs.</param>
/// <param name="commands">Stops it.</param>
/// <param name="states">Says when it has stopped.</param>
internal sealed class OrderlyStop(DistributedApplicationModel model, ResourceCommandService commands, ResourceNotificationService states) : IHostedLifecycleService
{
    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Stops the silos, then the other processes. Containers and the dashboard are the orchestrator's.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        await StopAsync(model.Resources.OfType<ProjectResource>(), cancellationToken).ConfigureAwait(false);
        await StopAsync(model.Resources.OfType<ExecutableResource>(), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private Task StopAsync(IEnumerable<IResource> resources, CancellationToken cancellationToken) => Task.WhenAll(resources
        .Where(resource => states.TryGetCurrentState(resource.Name, out var current) && current.Snapshot.State?.Text == KnownResourceStates.Running)
        .Select(resource => StopAsync(resource, cancellationToken)));

    private async Task StopAsync(IResource resource, CancellationToken cancellationToken)
    {
        await commands.ExecuteCommandAsync(resource, KnownResourceCommands.StopCommand, cancellationToken).ConfigureAwait(false);
        await states.WaitForResourceAsync(resource.Name, KnownResourceStates.TerminalStates, cancellationToken).ConfigureAwait(false);
    }
}
