using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Sequencing;
using Mempulse.Node.Lanes;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Mempulse.Node.Health;

/// <summary>Unhealthy while a log that this silo holds accepts no records.</summary>
internal sealed class HeldLogCheck(HeldChains held, IGrainFactory grains) : IHealthCheck
{
    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        foreach (var chain in held.Chains)
        {
            var status = await grains.Sequencer(chain).GetStatus();
            if (status.State != LogState.Writable)
            {
                return HealthCheckResult.Unhealthy("log");
            }
        }

        return HealthCheckResult.Healthy();
    }
}
