using System.Diagnostics.CodeAnalysis;
using Mempulse.Primitives;

namespace Mempulse.Outcomes.Bundles;

/// <summary>The bundles that the fold holds: what was done with them, and what is to be done. Read it between facts; confined to the fold's thread.</summary>
public interface IBundleView
{
    /// <summary>How many there are, and what was left out.</summary>
    BundleCounts Counts { get; }

    /// <summary>A bundle that is held.</summary>
    bool TryGet(in Hash256 bundle, [NotNullWhen(true)] out BundleStanding? standing);

    /// <summary>Bundles that may still be sent (<see cref="BundleStanding.MaySend"/>), by target, then id.</summary>
    /// <param name="most">At most so many.</param>
    IReadOnlyList<BundleStanding> ToSend(int most);

    /// <summary>Bundles whose target block is canonical without them, that relays may have had, and that were not examined against this block, newest target first, then by id.</summary>
    /// <param name="most">At most so many.</param>
    IReadOnlyList<BundleStanding> ToExamine(int most);

    /// <summary>The bundles for a block, by id.</summary>
    /// <param name="target">The height of the block.</param>
    /// <param name="most">At most so many.</param>
    IReadOnlyList<BundleStanding> ForTarget(BlockNumber target, int most);

    /// <summary>The bundles that an opportunity is in, in the order in which they were built.</summary>
    IReadOnlyList<BundleStanding> OfOpportunity(in Hash256 opportunity);

    /// <summary>The bundles that are held, the newest first.</summary>
    /// <param name="most">At most so many.</param>
    IReadOnlyList<BundleStanding> Latest(int most);

    /// <summary>The bundle with the highest sequence under a UUID; null for none.</summary>
    BundleStanding? Newest(string uuid);

    /// <summary>Another bundle under a bundle's UUID that a relay may have, the one with the highest sequence, and that it was not asked to forget; null for none.</summary>
    Hash256? AlsoHeldAt(string relay, in Hash256 bundle);

    /// <summary>The bundle with the highest sequence under a UUID for which a request left for a relay; null for none.</summary>
    UuidStanding? UuidAt(string relay, string uuid);
}
