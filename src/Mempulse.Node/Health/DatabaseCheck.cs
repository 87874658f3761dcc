using Mempulse.Node.Options;
using Mempulse.Storage.Postgres;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Mempulse.Node.Health;

/// <summary>Degraded while the database of the cluster cannot be used: what runs goes on without it for a while, and nothing new joins.</summary>
internal sealed class DatabaseCheck(ClusterSettings cluster) : IHealthCheck
{
    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await ClusterSchema.ThrowIfUnusableAsync(cluster.ConnectionString, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (ClusterDatabaseException)
        {
            return HealthCheckResult.Degraded("database");
        }
    }
}
