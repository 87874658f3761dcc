using System.Collections.Immutable;
using Mempulse.Grains.Abstractions;
using Orleans.Placement;
using Orleans.Runtime.MembershipService.SiloMetadata;
using Orleans.Runtime.Placement;

namespace Mempulse.Grains.Placement;

/// <summary>Keeps the silos that hold the log of the chain in a grain's key. While there is no such silo the grain cannot be placed, and the call fails with an <see cref="OrleansException"/>.</summary>
/// <remarks>Silos announce their logs in their metadata. This silo knows its own: its metadata arrives only after it has joined.</remarks>
internal sealed class BesideLogDirector(HeldLogs own, ILocalSiloDetails local, ISiloMetadataCache metadata) : IPlacementFilterDirector
{
    /// <inheritdoc/>
    public IEnumerable<SiloAddress> Filter(PlacementFilterStrategy filterStrategy, PlacementTarget target, IEnumerable<SiloAddress> silos)
    {
        var chain = GrainKeys.ChainOf(target.GrainIdentity.Key.ToString()!);
        return silos.Where(silo => silo.Equals(local.SiloAddress)
            ? own.Includes(chain)
            : HeldLogs.Includes(metadata.GetSiloMetadata(silo)?.Metadata.GetValueOrDefault(HeldLogs.Key), chain));
    }
}
