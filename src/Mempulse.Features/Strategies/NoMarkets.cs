using Mempulse.Primitives;
using Mempulse.Replay.Views;

namespace Mempulse.Features.Strategies;

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
    public IReadOnlyList<Address> Changed => [];
}
