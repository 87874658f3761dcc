using Orleans.Configuration;

namespace Mempulse.Node.Starting;

/// <summary>How a silo of a cluster finds the others and notices that one has died.</summary>
internal static class ClusterMembership
{
    /// <summary>A dead silo is found by three probes of a second each, and its grains are placed elsewhere: a few seconds without a writer at most.</summary>
    private static readonly TimeSpan _probe = TimeSpan.FromSeconds(1);

    /// <summary>How often a silo says in the database that it lives. Rows of silos that were killed together are ignored after two of these, so that the next start need not wait for them.</summary>
    private static readonly TimeSpan _sign = TimeSpan.FromSeconds(5);

    /// <summary>The only silo of its cluster, without a gateway.</summary>
    public static ISiloBuilder StayAlone(this ISiloBuilder silo, string name, int port) =>
        silo.UseLocalhostClustering(siloPort: port, gatewayPort: 0, serviceId: "mempulse", clusterId: name);

    /// <summary>Joins the cluster that the section Orleans of the configuration describes; Orleans itself reads it.</summary>
    public static ISiloBuilder JoinCluster(this ISiloBuilder silo, string name) => silo
        .Configure<SiloOptions>(options => options.SiloName = name)
        .Configure<ClusterMembershipOptions>(options =>
        {
            options.ProbeTimeout = _probe;
            options.NumMissedProbesLimit = 3;
            options.NumVotesForDeathDeclaration = 2;
            options.TableRefreshTimeout = _sign;
            options.IAmAliveTablePublishTimeout = _sign;
            options.NumMissedTableIAmAliveLimit = 2;
        });
}
