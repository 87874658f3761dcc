using Mempulse.Primitives;
using Mempulse.Replay.Views;

namespace Mempulse.Features.Markets;

/// <summary>What a watcher of the chain has to read for the markets. Confined to the fold's thread.</summary>
public interface IMarketWatch
{
    /// <summary>The block at which they are to be read: the last one whose events were applied. Null before the first.</summary>
    ChainBlock? At { get; }

    /// <summary>Markets whose state is known.</summary>
    int HeldMarkets { get; }

    /// <summary>Markets that an event or a transaction named.</summary>
    int MarketCount { get; }

    /// <summary>Accounts that are to be read.</summary>
    int WantedAccounts { get; }

    /// <summary>Readings that came too late or for nothing.</summary>
    ulong NotTaken { get; }

    /// <summary>Accounts that left because others borrowed later.</summary>
    ulong AccountsLeft { get; }

    /// <summary>What is to be read of each market, in ascending order of the markets.</summary>
    /// <param name="mostAccounts">Accounts of one market; 0 asks for nothing.</param>
    IReadOnlyList<MarketTask> Wanted(int mostAccounts);

    /// <summary>Accounts and reserves to hold against the chain at its head: others at each block. None while the markets are not at that block.</summary>
    IReadOnlyList<MarketSample> Samples(in Hash256 head, int most);
}
