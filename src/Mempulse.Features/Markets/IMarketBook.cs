using System.Diagnostics.CodeAnalysis;
using Mempulse.Features.Book;
using Mempulse.Primitives;
using Mempulse.Replay.Views;

namespace Mempulse.Features.Markets;

/// <summary>The lending markets that the log describes, all at the state of one block. Read it in derivations and between facts; confined to the fold's thread.</summary>
public interface IMarketBook
{
    /// <summary>The block whose state the markets have; null while no market is held.</summary>
    ChainBlock? Head { get; }

    /// <summary>Number of accounts whose state is known.</summary>
    int AccountCount { get; }

    /// <summary>
    /// What changed, came or went with the last fact, in ascending order: an account as its market and a word, a market or a feed as that contract. A feed is named
    /// when anything of a market that it prices changed.
    /// </summary>
    IReadOnlyList<PoolKey> Changed { get; }

    /// <summary>A market of Aave V3 whose state is known.</summary>
    bool TryGet(in Address market, [NotNullWhen(true)] out LendingMarket? found);

    /// <summary>The markets of Aave V3 that price a token by a feed, in ascending order.</summary>
    IReadOnlyList<LendingMarket> PricedBy(in Address feed);

    /// <summary>A market of Compound V3 whose state is known.</summary>
    bool TryGetCompound(in Address market, [NotNullWhen(true)] out CompoundMarket? found);

    /// <summary>The markets of Compound V3 that price a token by a feed, in ascending order.</summary>
    IReadOnlyList<CompoundMarket> CompoundPricedBy(in Address feed);
}
