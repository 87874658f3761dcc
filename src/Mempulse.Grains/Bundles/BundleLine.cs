using Mempulse.Builder.Bundles;
using Mempulse.Grains.Abstractions.Bundles;
using Mempulse.Primitives;

namespace Mempulse.Grains.Bundles;

/// <summary>The place of a bundle among those that relays know under one UUID.</summary>
/// <param name="Uuid">The UUID.</param>
/// <param name="Sequence">The place, from 1.</param>
/// <param name="Replaces">The bundle before it; null for the first.</param>
internal sealed record BundleLine(string Uuid, ulong Sequence, Hash256? Replaces)
{
    /// <summary>The place of a new bundle: after the operator's last one, if that is for this block or for the one before and did not land; otherwise the first of a line of its own.</summary>
    public static BundleLine Next(BundlePlan plan, Address account, Hash256 bundle) =>
        plan.Bundles.LastOrDefault(built => built.Operator == account && built.Target >= plan.HeadNumber) is { HasLanded: false } last
            ? new BundleLine(last.Uuid, last.Sequence + 1, last.Id)
            : new BundleLine(BundleUuid.Of(bundle), 1, Replaces: null);
}
