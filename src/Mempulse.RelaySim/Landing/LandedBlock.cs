using Mempulse.Primitives;
using Mempulse.RelaySim.Bundles;

namespace Mempulse.RelaySim.Landing;

/// <summary>A block that was made of bundles.</summary>
public sealed record LandedBlock
{
    internal LandedBlock(BlockNumber number, IReadOnlyList<ReceivedBundle> bundles, BuiltBlock built)
    {
        Number = number;
        Bundles = bundles;
        Built = built;
    }

    /// <summary>Its height.</summary>
    public BlockNumber Number { get; }

    /// <summary>The bundles that were for it as they stand: those that landed in their order, then the others.</summary>
    public IReadOnlyList<ReceivedBundle> Bundles { get; }

    /// <summary>What its bundles pay.</summary>
    public Wei Value
    {
        get
        {
            var sum = UInt256.Zero;
            foreach (var bundle in Bundles.Where(bundle => bundle.Fate == BundleFate.Landed))
            {
                sum = UInt256.Add(sum, bundle.Bid.Value, out _); // no chain has 2^256 wei
            }

            return new Wei(sum);
        }
    }

    /// <summary>The block as the node made it.</summary>
    internal BuiltBlock Built { get; }
}
