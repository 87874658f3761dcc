using Mempulse.Primitives;

namespace Mempulse.Features.Listing;

/// <summary>What differs between a list and a former one.</summary>
/// <param name="List">The list.</param>
/// <param name="Since">The position of the former list; null if it is not known any more: then every row is among the changed ones.</param>
/// <param name="Sample">What a plot of the former list shows.</param>
/// <param name="Changed">The rows that are new or that changed, in ascending order of hash.</param>
/// <param name="Ended">The transactions that no longer wait, in ascending order of hash.</param>
public sealed record ListChanges(TxList List, GlobalSeq? Since, PlotSample Sample, IReadOnlyList<ListedTx> Changed, IReadOnlyList<ListedEnd> Ended);
