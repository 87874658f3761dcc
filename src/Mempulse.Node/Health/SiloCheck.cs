using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Mempulse.Node.Health;

/// <summary>Unhealthy until this silo is active in its cluster, and once it is leaving.</summary>
internal sealed class SiloCheck(ISiloStatusOracle silos) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        silos.CurrentStatus == SiloStatus.Active && silos.GetApproximateSiloStatuses(onlyActive: true).ContainsKey(silos.SiloAddress)
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("silo"));
}
