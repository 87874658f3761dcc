using System.Collections.Frozen;
using Mempulse.Grains.Books;
using Mempulse.Grains.Bundles;
using Mempulse.Grains.Competition;
using Mempulse.Grains.Ingest;
using Mempulse.Grains.Logs;
using Mempulse.Grains.Mempool;
using Mempulse.Grains.Opportunities;
using Mempulse.Grains.RelayData;
using Mempulse.Grains.Replays;
using Mempulse.Grains.Senders;
using Mempulse.Grains.Sequencing;
using Mempulse.Grains.Simulations;
using Mempulse.Grains.Transactions;

namespace Mempulse.Grains.Hosting;

/// <summary>Maps grain classes to the role a silo needs to host them.</summary>
/// <remarks>A silo announces only the grains it can host, so Orleans places the others elsewhere.</remarks>
internal static class GrainsByRole
{
    /// <summary>The role of each grain class of this assembly.</summary>
    public static FrozenDictionary<Type, SiloRoles> All { get; } = new Dictionary<Type, SiloRoles>
    {
        [typeof(SequencerGrain)] = SiloRoles.Log,
        [typeof(MempoolGrain)] = SiloRoles.Log,
        [typeof(LogReaderGrain)] = SiloRoles.Log,
        [typeof(ReplayGrain)] = SiloRoles.Log,
        [typeof(TxGrain)] = SiloRoles.Log,
        [typeof(OpportunityGrain)] = SiloRoles.Log,
        [typeof(SenderGrain)] = SiloRoles.Log,
        [typeof(SimLedgerGrain)] = SiloRoles.Log,
        [typeof(IngestGrain)] = SiloRoles.Log,
        [typeof(BundleLedgerGrain)] = SiloRoles.Log,
        [typeof(SimulatorGrain)] = SiloRoles.Worker,
        [typeof(BookWatchGrain)] = SiloRoles.Worker,
        [typeof(AssemblyGrain)] = SiloRoles.Worker,
        [typeof(BundleGrain)] = SiloRoles.Worker,
        [typeof(CompetitionGrain)] = SiloRoles.Worker,
        [typeof(RelayDataGrain)] = SiloRoles.Worker,
    }.ToFrozenDictionary();

    /// <summary>Removes the grain classes that the roles of a silo cannot host. Classes of other assemblies stay.</summary>
    public static void RemoveOthers(ISet<Type> classes, SiloRoles roles)
    {
        foreach (var (grain, role) in All)
        {
            if (!roles.HasFlag(role))
            {
                classes.Remove(grain);
            }
        }
    }
}
