using System.Diagnostics.CodeAnalysis;
using Mempulse.Features.Book;
using Mempulse.Features.Markets;
using Mempulse.Primitives;
using Mempulse.Replay.Views;

namespace Mempulse.Testing.Pools;

/// <summary>A book without markets: for logs that describe none.</summary>
public sealed class NoMarkets : IMarketBook
{
    private NoMarkets()
    {
    }

    /// <summary>The only instance.</summary>
    public static NoMarkets Instance { get; } = new();

    /// <inheritdoc/>
    public ChainBlock? Head => null;

    /// <inheritdoc/>
    public int AccountCount => 0;

    /// <inheritdoc/>
    public IReadOnlyList<PoolKey> Changed => [];

    /// <inheritdoc/>
    public bool TryGet(in Address market, [NotNullWhen(true)] out LendingMarket? found)
    {
        found = null;
        return false;
    }

    /// <inheritdoc/>
    public IReadOnlyList<LendingMarket> PricedBy(in Address feed) => [];

    /// <inheritdoc/>
    public bool TryGetCompound(in Address market, [NotNullWhen(true)] out CompoundMarket? found)
    {
        found = null;
        return false;
    }

    /// <inheritdoc/>
    public IReadOnlyList<CompoundMarket> CompoundPricedBy(in Address feed) => [];
}
