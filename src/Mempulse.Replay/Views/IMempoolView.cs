using System.Diagnostics.CodeAnalysis;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Replay.Views;

/// <summary>The folded state, for reading between events and in derivations. The results are copies.</summary>
/// <remarks>Confined to the fold's thread. Each answer costs one or two lookups.</remarks>
public interface IMempoolView
{
    /// <summary>The chain.</summary>
    ChainId Chain { get; }

    /// <summary>The parameters that the log's latest epoch states.</summary>
    FoldParameters Parameters { get; }

    /// <summary>The canonical head; null while none is known, as after a chain was abandoned until its successor's next block.</summary>
    ChainHead? Head { get; }

    /// <summary>The highest height that no reorg can undo; null before the first, and after a chain was abandoned.</summary>
    BlockNumber? Final { get; }

    /// <summary>The chains that were left beyond finality, the newest last, at most 16.</summary>
    IReadOnlyList<AbandonedChain> Abandoned { get; }

    /// <summary>Transactions held.</summary>
    int TxCount { get; }

    /// <summary>Transactions held in a state. Always 0 for <see cref="TxState.Unknown"/>.</summary>
    int CountOf(TxState state);

    /// <summary>The state of a transaction, also of one that left the fold recently; <see cref="TxState.Unknown"/> for any other.</summary>
    TxState StateOf(in Hash256 hash);

    /// <summary>A transaction that the fold holds.</summary>
    bool TryGetTx(in Hash256 hash, [NotNullWhen(true)] out PoolTx? tx);

    /// <summary>Where a transaction that the fold holds stands among the others.</summary>
    bool TryGetPosition(in Hash256 hash, out PoolPosition position);

    /// <summary>Visits waiting transactions in the order in which they began to wait. The fold may go on between two calls.</summary>
    /// <param name="visit">Receives them.</param>
    /// <param name="after">Where the last call ended; 0 at first.</param>
    /// <param name="most">Number of transactions.</param>
    /// <returns>Number of those that were visited; fewer than <paramref name="most"/> at the end.</returns>
    int VisitWaiting(WaitingVisit visit, ref ulong after, int most);

    /// <summary>The transactions of the same sender that run between the state of a block and a transaction: those with lower nonces that wait, or that are in a later block.</summary>
    /// <param name="hash">The transaction.</param>
    /// <param name="state">The height of the block.</param>
    /// <param name="found">Receives them in the order of their nonces; the last ones if there are more than fit.</param>
    /// <returns>Their number; one more than fit if there are more.</returns>
    int RunsBefore(in Hash256 hash, BlockNumber state, Span<Hash256> found);

    /// <summary>The waiting transactions of the same sender with higher nonces.</summary>
    /// <param name="hash">The transaction.</param>
    /// <param name="found">Receives the first ones, in the order of their nonces.</param>
    /// <returns>The number of hashes in <paramref name="found"/>.</returns>
    int WaitsBehind(in Hash256 hash, Span<Hash256> found);

    /// <summary>An account that the fold holds, with the first <see cref="PoolAccount.MaxListed"/> of its nonces.</summary>
    bool TryGetSender(in Address address, [NotNullWhen(true)] out PoolAccount? account);

    /// <summary>The canonical block at a height, among those that <see cref="CanonicalBlocks"/> lists.</summary>
    bool TryGetCanonical(BlockNumber number, [NotNullWhen(true)] out ChainBlock? block);

    /// <summary>The transactions of the canonical block at a height above the last final one, in block order; empty for any other height.</summary>
    IReadOnlyList<Hash256> TransactionsIn(BlockNumber number);

    /// <summary>The last final block, if there is one, and the canonical blocks above it, in ascending order of height.</summary>
    IReadOnlyList<ChainBlock> CanonicalBlocks();
}
