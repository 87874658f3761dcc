using Mempulse.Primitives;

namespace Mempulse.Features.Traits;

/// <summary>What waiting transactions say, and the fees of the last blocks. Read it in derivations and between facts; confined to the fold's thread.</summary>
/// <remarks>It follows transactions and blocks from the fact on that states a registry.</remarks>
public interface ITraitView
{
    /// <summary>Number of waiting transactions whose traits are held.</summary>
    int WaitingCount { get; }

    /// <summary>Transactions whose traits were let go while they waited, because a bound was reached.</summary>
    ulong LetGo { get; }

    /// <summary>The fees of the last blocks; null while those of the canonical head are not known.</summary>
    FeeOutlook? Fees { get; }

    /// <summary>The traits of a transaction that waits, or that was included lately.</summary>
    bool TryGet(in Hash256 hash, out TxTraits traits);

    /// <summary>Who calls which contract in such a transaction.</summary>
    /// <returns>False also for one that is no call.</returns>
    bool TryGetCall(in Hash256 hash, out Address sender, out Address target);

    /// <summary>Number of other waiting transactions that trade the same tokens, or call the same contract if they trade nothing that is known.</summary>
    int RivalsOf(in TxTraits traits);

    /// <summary>Visits the waiting transactions whose traits are held, in the order in which they began to wait.</summary>
    void VisitWaiting(TraitVisit visit);

    /// <summary>Visits some of them: where a walk over all would take too long, the fold goes on between two calls.</summary>
    /// <param name="visit">Receives their traits.</param>
    /// <param name="after">Where the last call ended; 0 at first.</param>
    /// <param name="most">Number of transactions.</param>
    /// <returns>Number of those that were visited; fewer than <paramref name="most"/> at the end.</returns>
    int VisitWaiting(TraitVisit visit, ref ulong after, int most);
}
