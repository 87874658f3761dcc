using Mempulse.Builder.Bundles;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.RelaySim.Bundles;

/// <summary>A bundle that arrived.</summary>
/// <param name="Number">Its place in the order of arrival, from 1.</param>
/// <param name="Searcher">The account that signed the request; null if it was not signed.</param>
/// <param name="Bundle">The bundle.</param>
/// <param name="Hash">The hash with which it is named in answers.</param>
public sealed record ReceivedBundle(int Number, Address? Searcher, RelayBundle Bundle, Hash256 Hash)
{
    /// <summary>What became of it.</summary>
    public BundleFate Fate { get; init; }

    /// <summary>The rule that it broke; <see cref="PreflightRule.None"/> if it broke none.</summary>
    public PreflightRule Rule { get; init; }

    /// <summary>What the block's fee recipient gains by it; zero before it was tried.</summary>
    public Wei Bid { get; init; }

    /// <summary>The place of its first transaction in the block; -1 unless it landed.</summary>
    public int Index { get; init; } = -1;
}
