using Mempulse.Api.Chains;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Mempulse.Api.Status;

/// <summary>Whether every chain can be served: the readiness probe of a process with the API. It reads what GET /health reads, and returns one word.</summary>
/// <remarks>
/// "log" while a log accepts no records, "fold" after a fold has stopped, "starting" until the folds have caught up and the lanes have reported. Stricter than the
/// status of GET /health, which is degraded, and 200, while a disk is full: an answer of this process would then miss what happens.
/// </remarks>
internal sealed class ChainsCheck(IGrainFactory grains, ChainDirectory chains) : IHealthCheck
{
    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var parts = await HealthEndpoints.ReadAsync(grains, chains).ConfigureAwait(false);
        return parts.Select(HealthVerdict.ReasonAgainstServing).FirstOrDefault(static reason => reason is not null) is { } reason
            ? HealthCheckResult.Unhealthy(reason)
            : HealthCheckResult.Healthy();
    }
}
