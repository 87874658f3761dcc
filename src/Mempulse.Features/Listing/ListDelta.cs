using Mempulse.Primitives;

namespace Mempulse.Features.Listing;

/// <summary>What differs between two lists that follow each other.</summary>
/// <param name="From">The position of the former one.</param>
/// <param name="Sample">What a plot of the former one shows.</param>
/// <param name="Changed">The transactions that are new or whose rows changed.</param>
/// <param name="Ended">Those that no longer wait.</param>
internal sealed record ListDelta(GlobalSeq From, PlotSample Sample, IReadOnlyList<Hash256> Changed, IReadOnlyList<ListedEnd> Ended)
{
    public int Count => Changed.Count + Ended.Count;
}
