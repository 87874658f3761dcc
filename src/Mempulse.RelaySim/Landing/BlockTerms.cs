using Mempulse.Builder.Bundles;
using Mempulse.Primitives;

namespace Mempulse.RelaySim.Landing;

/// <summary>Whether a block includes bundles as their terms require. Pure.</summary>
internal static class BlockTerms
{
    /// <summary>True if the block begins with the bundles in order, and every transaction that is left out or reverts may be.</summary>
    /// <param name="bundles">The bundles.</param>
    /// <param name="block">The hashes of the block's transactions.</param>
    /// <param name="succeeded">Whether each of them succeeded.</param>
    /// <param name="timeSeconds">The time of the block.</param>
    public static bool Hold(IReadOnlyList<RelayBundle> bundles, IReadOnlyList<Hash256> block, IReadOnlyList<bool> succeeded, ulong timeSeconds)
    {
        int at = 0;
        foreach (var bundle in bundles)
        {
            if (timeSeconds < (bundle.MinTimestampSeconds ?? 0) || timeSeconds > (bundle.MaxTimestampSeconds ?? ulong.MaxValue))
            {
                return false;
            }

            foreach (var transaction in bundle.Transactions)
            {
                bool isHere = at < block.Count && block[at] == transaction.Hash;
                if (isHere ? !succeeded[at] && !bundle.Reverting.Contains(transaction.Hash) : !bundle.Dropping.Contains(transaction.Hash))
                {
                    return false;
                }

                at += isHere ? 1 : 0;
            }
        }

        return true;
    }
}
