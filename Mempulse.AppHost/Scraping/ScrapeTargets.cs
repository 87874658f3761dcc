using System.Text.Json;
using Microsoft.Extensions.Hosting;

namespace Mempulse.AppHost.Scraping;

/// <summary>Keeps the list of processes that Prometheus reads: each running process of the node's program, each replica by its own port.</summary>
/// <param name="path">The file, in the form of Prometheus' file-based discovery.</param>
/// <param name="resources">What runs.</param>
internal sealed class ScrapeTargets(string path, ResourceNotificationService resources) : BackgroundService
{
    private const string UrlVariable = "ASPNETCORE_URLS";

    private readonly SortedDictionary<string, Target> _running = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var change in resources.WatchAsync(stoppingToken).ConfigureAwait(false))
        {
            if (change.Resource is ProjectResource && TryUpdate(change))
            {
                await WriteAsync(stoppingToken).ConfigureAwait(false);
            }
        }
    }

    private bool TryUpdate(ResourceEvent change)
    {
        var snapshot = change.Snapshot;
        string? url = snapshot.State?.Text == KnownResourceStates.Running ? snapshot.EnvironmentVariables.FirstOrDefault(static variable => variable.Name == UrlVariable)?.Value : null;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address))
        {
            return _running.Remove(change.ResourceId);
        }

        var target = new Target($"127.0.0.1:{address.Port}", change.Resource.Name);
        if (_running.TryGetValue(change.ResourceId, out var known) && known == target)
        {
            return false;
        }

        _running[change.ResourceId] = target;
        return true;
    }

    /// <summary>Writes the list and puts it in place at once, so that Prometheus never reads half of it.</summary>
    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        string next = path + ".next";
        var groups = _running.Values.Select(static target => new { targets = new[] { target.Address }, labels = new { resource = target.Resource } });
        await File.WriteAllTextAsync(next, JsonSerializer.Serialize(groups), cancellationToken).ConfigureAwait(false);
        File.Move(next, path, overwrite: true);
    }

    private sealed record Target(string Address, string Resource);
}
