using System.Diagnostics.CodeAnalysis;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Replay.Views;

/// <summary>The folded state, to be read between events and by derivations. What it returns is a copy and stays as it is.</summary>
/// <remarks>Confined to the fold's thread. Each answer costs a lookup or two.</remarks>
public interface IMempoolView
{
    /// <summary>The chain.</summary>
    ChainId Chain { get; }

    /// <summary>What the log says the fold uses.</summary>
    FoldParameters Parameters { get; }

    /// <summary>The canonical head; null while none is known.</summary>
    ChainHead? Head { get; }

    /// <summary>The highest height that no reorg takes back; null before the first.</summary>
    BlockNumber? Final { get; }

    /// <summary>Transactions held.</summary>
    int TxCount { get; }

    /// <summary>Transactions held in a state. Always 0 for <see cref="TxState.Unknown"/>.</summary>
    int CountOf(TxState state);

    /// <summary>Where a transaction stands: also for one that left the fold lately; <see cref="TxState.Unknown"/> when nothing is known here.</summary>
    TxState StateOf(in Hash256 hash);

    /// <summary>A transaction that the fold holds.</summary>
    bool TryGetTx(in Hash256 hash, [NotNullWhen(true)] out PoolTx? tx);

    /// <summary>An account that the fold holds, with the first <see cref="PoolAccount.MaxListed"/> of its nonces.</summary>
    bool TryGetSender(in Address address, [NotNullWhen(true)] out PoolAccount? account);

    /// <summary>The sources that showed anything lately, in ascending order of id.</summary>
    IReadOnlyList<PoolSource> Sources();

    /// <summary>The canonical blocks that can still be taken back, rising by height, after the last final one if there is one.</summary>
    IReadOnlyList<ChainBlock> CanonicalBlocks();
}
