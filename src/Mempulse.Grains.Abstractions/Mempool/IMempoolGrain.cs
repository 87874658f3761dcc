using Mempulse.Grains.Abstractions.Observations;
using Mempulse.Grains.Abstractions.Senders;
using Mempulse.Grains.Abstractions.Transactions;
using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Mempool;

/// <summary>The fold of a chain's log: what every transaction and account is at the last applied position. Its key is the chain id.</summary>
/// <remarks>Applies strictly by position on its own scheduler, in slices short enough that questions are answered between them.</remarks>
[Alias("mempulse.IMempoolGrain")]
public interface IMempoolGrain : IGrainWithStringKey
{
    /// <summary>Sees to it that the fold runs; does nothing when it does.</summary>
    [Alias("Start")]
    ValueTask Start();

    /// <summary>Stops following, saves a checkpoint and answers when that is on disk.</summary>
    [Alias("Suspend")]
    ValueTask Suspend();

    /// <summary>How the fold stands.</summary>
    [Alias("GetStatus")]
    ValueTask<PoolStatus> GetStatus();

    /// <summary>What the fold knows of a transaction that its own records do not say.</summary>
    [Alias("FindTx")]
    ValueTask<FoldedTx> FindTx(Hash256 hash);

    /// <summary>An account as the fold has it.</summary>
    [Alias("FindSender")]
    ValueTask<SenderView> FindSender(Address address);

    /// <summary>The canonical blocks from the last final one on, rising: where a block follower goes on.</summary>
    /// <returns>Null while the fold has not caught up with the log it was started on.</returns>
    [Alias("CanonicalBlocks")]
    ValueTask<IReadOnlyList<FoldedBlock>?> CanonicalBlocks();

    /// <summary>How transactions spread in the last minutes.</summary>
    [Alias("GetPropagation")]
    ValueTask<Propagation> GetPropagation(int minutes);

    /// <summary>Every source that the log tells of lately.</summary>
    [Alias("GetObservers")]
    ValueTask<IReadOnlyList<KnownObserver>> GetObservers();

    /// <summary>Who could not see in a stretch of time, both ends inclusive.</summary>
    [Alias("GetGaps")]
    ValueTask<GapAnswer> GetGaps(UnixNanoseconds first, UnixNanoseconds last);
}
