using Mempulse.Builder.Bundles;
using Mempulse.Primitives;
using Mempulse.RelaySim.Bundles;

namespace Mempulse.RelaySim.Landing;

/// <summary>Fills a block: the bundle that pays most comes first, and each further one stays if all can still be executed as their terms require.</summary>
/// <remarks>A real builder merges in more ways. This one is simple enough that a test knows its result.</remarks>
internal sealed class BundleAuction(AnvilChain chain, BundlePool pool)
{
    /// <summary>Most bundles of a block, inclusive; the rest is <see cref="BundleFate.Outbid"/>.</summary>
    private const int MaxBundles = 256;

    /// <summary>Makes the next block.</summary>
    public async Task<LandedBlock> RunAsync(CancellationToken cancellationToken)
    {
        var head = await chain.HeadAsync(cancellationToken).ConfigureAwait(false);
        var next = new BlockNumber(head.Number.Value + 1);
        ReceivedBundle[] waiting = [.. pool.All.Where(bundle => bundle.Fate == BundleFate.Waiting)];
        pool.Settle([.. waiting.Where(bundle => bundle.Bundle.Target < next).Select(bundle => bundle with { Fate = BundleFate.Late })]);

        var bidders = new List<ReceivedBundle>();
        var settled = new List<ReceivedBundle>();
        foreach (var candidate in waiting.Where(bundle => bundle.Bundle.Target == next))
        {
            var gain = await chain.TryAsync([candidate.Bundle], cancellationToken).ConfigureAwait(false);
            (gain is { Value.IsZero: false } ? bidders : settled).Add(candidate with { Bid = gain ?? default, Fate = BundleFate.Invalid });
        }

        // Total order: what is paid, then who came first.
        bidders.Sort(static (left, right) => right.Bid.CompareTo(left.Bid) is var order and not 0 ? order : left.Number.CompareTo(right.Number));
        var winners = await ChooseAsync(bidders, settled, cancellationToken).ConfigureAwait(false);
        var built = await chain.BuildAsync([.. winners.Select(winner => winner.Bundle)], cancellationToken).ConfigureAwait(false);
        ReceivedBundle[] all = [.. winners.Select((winner, at) => winner with { Fate = BundleFate.Landed, Index = built.Places[at] }), .. settled];
        pool.Settle(all);
        return new LandedBlock(next, all, built);
    }

    private async Task<List<ReceivedBundle>> ChooseAsync(List<ReceivedBundle> bidders, List<ReceivedBundle> settled, CancellationToken cancellationToken)
    {
        var winners = new List<ReceivedBundle>();
        foreach (var bidder in bidders)
        {
            RelayBundle[] together = [.. winners.Select(winner => winner.Bundle), bidder.Bundle];
            bool fits = winners.Count < MaxBundles
                && (winners.Count == 0 || await chain.TryAsync(together, cancellationToken).ConfigureAwait(false) is not null);
            if (fits)
            {
                winners.Add(bidder);
            }
            else
            {
                settled.Add(bidder with { Fate = BundleFate.Outbid });
            }
        }

        return winners;
    }
}
