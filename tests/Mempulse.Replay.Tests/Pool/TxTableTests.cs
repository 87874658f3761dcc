using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Changes;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Pool;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Replay.Tests.Pool;

public sealed class TxTableTests
{
    private readonly EntryLedger _ledger = new(PoolTags.Range);
    private readonly TxTable _txs;
    private readonly AccountTable _accounts;

    public TxTableTests()
    {
        _txs = new TxTable(_ledger, new FactChanges(), PoolBounds.Default);
        _accounts = new AccountTable(_ledger, PoolBounds.Default);
    }

    [Fact]
    public void An_entry_that_is_reused_is_like_a_new_one()
    {
        var used = Settled();
        _txs.Leave(used);

        var reused = _txs.Admit(Named.Tx("next"), new UnixNanoseconds(8));

        Assert.Same(used, reused);
        var fresh = new TxEntry(Named.Tx("next")) { FirstAt = new UnixNanoseconds(8) };
        Assert.Equal(Encoded(fresh), Encoded(reused));
        Assert.Equal(Hidden(fresh), Hidden(reused));
        Assert.Equal((TxState.Seen, false), (reused.State, reused.HoldsNonce));
    }

    /// <summary>The checkpoint still has to save the entry as it was.</summary>
    [Fact]
    public void An_entry_that_leaves_while_a_checkpoint_is_in_progress_is_not_reused()
    {
        var used = Settled();
        _ledger.Freeze();
        _txs.Leave(used);
        Assert.NotSame(used, _txs.Admit(Named.Tx("next"), default));
        _ledger.Thaw();

        Assert.NotSame(used, _txs.Admit(Named.Tx("after next"), default));
    }

    private TxEntry Settled()
    {
        var tx = _txs.Admit(Named.Tx("used"), new UnixNanoseconds(7));
        tx.Account = _accounts.TouchAccount(Named.Account("alice"));
        tx.Nonce = 3;
        tx.Account.Slots.Put(tx);
        tx.SetBody(new TxBody(TxType.Blob, new Nonce(3), new TxFees(1, 2, 3), new Gas(6), BlobCount: 4, AuthorizationCount: 5));
        tx.Block = new BlockRef(new BlockNumber(6), Named.Block("b6")) { IsFinal = true };
        tx.IndexInBlock = 9;
        tx.SetExecution(ExecutionOutcome.Reverted, isUnverified: true);
        tx.Outcome = TxOutcome.NonceUsed;
        (tx.ReplacedBy, tx.Replaces) = (Named.Tx("by"), Named.Tx("old"));
        tx.Leavings = new TxLeavings();
        (tx.WaitsSince, tx.AnnouncedInRound) = (10, 11);
        (tx.Spread.Sightings, tx.Spread.IncludedAt) = (12, 13);
        tx.Spread.Sources.TryAdd(14, 15);
        tx.Spread.Lanes.TryAdd(16, 17);
        _txs.BeginRetention(tx, 18);
        return tx;
    }

    private byte[] Encoded(TxEntry tx)
    {
        var bytes = new ByteBuffer();
        _ledger.Encode(tx, bytes);
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>What is not encoded as long as there is no body, sender or block.</summary>
    private static (TxType, TxFees, int, int, ulong, int, ExecutionOutcome, bool, ulong) Hidden(TxEntry tx) => (
        tx.Type, tx.Fees, tx.BlobCount, tx.AuthorizationCount, tx.Nonce, tx.IndexInBlock, tx.Execution, tx.IsExecutionUnverified, tx.AnnouncedInRound);
}
