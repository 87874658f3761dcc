using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Changes;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Lifecycle;
using Mempulse.Replay.Observations;
using Mempulse.Replay.Pool;
using Mempulse.Replay.Views;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Replay.Tests.Lifecycle;

/// <summary>Each invariant of the tables fails when its relation is broken, with its number; the tables as they are here otherwise hold.</summary>
public sealed class InvariantTests
{
    private static readonly Hash256 s_hash = Named.Tx("a");
    private static readonly PoolBounds s_bounds = new(Waiting: 4, Settled: 4, SettledHashes: 4, Idle: 4);

    private readonly BlockRef _block = new(new BlockNumber(7), Named.Block("seven"));
    private readonly TxTable _txs;
    private readonly AccountTable _accounts;
    private readonly CanonicalWindow _window;
    private readonly AccountEntry _account;
    private readonly TxEntry _tx;

    public InvariantTests()
    {
        var ledger = new EntryLedger(PoolTags.Range);
        var changes = new FactChanges();
        _txs = new TxTable(ledger, changes, s_bounds);
        _accounts = new AccountTable(ledger, s_bounds);
        _window = new CanonicalWindow(Scenario.Chain, ledger, changes);
        _account = _accounts.TouchAccount(Named.Account("alice"));
        _tx = _txs.Admit(s_hash, default);
        _tx.Account = _account;
        _account.Slots.Put(_tx);
        _account.ReadyEnd = 1;
        _txs.BeginWait(_tx, 0);
        _txs.Moved(_tx, TxState.Unknown, TxState.Pending);
        _accounts.ReleaseTouched();
    }

    [Fact]
    public void The_tables_hold() => AssertAll();

    [Fact]
    public void A_transaction_that_does_not_hold_its_nonce_is_found() => AssertBroken("INV-51", () =>
    {
        _account.Slots.Release(_tx);
        (_account.ReadyEnd, _account.Pins) = (0, 1); // pinned, so that it is not idle
    });

    [Fact]
    public void A_transaction_that_is_both_in_a_block_and_replaced_is_found() => AssertBroken("INV-52", () => (_tx.Block, _tx.Outcome) = (_block, TxOutcome.NonceUsed));

    [Fact]
    public void An_included_transaction_that_still_waits_is_found() => AssertBroken("INV-54", () => _tx.Block = _block);

    [Fact]
    public void A_transaction_that_is_held_and_remembered_is_found() => AssertBroken("INV-55", () =>
    {
        _txs.Unlist(_tx);
        _tx.Outcome = TxOutcome.Expired;
        _account.Slots.Release(_tx);
        (_account.ReadyEnd, _account.Pins) = (0, 1);
        _txs.BeginRetention(_tx, 1);
        _txs.Leave(_tx);
        _txs.BeginWait(_txs.Admit(s_hash, default), 0);
    });

    [Fact]
    public void A_wrong_count_is_found() => AssertBroken("INV-56", () => _txs.Moved(_tx, TxState.Pending, TxState.Queued));

    [Fact]
    public void A_settled_transaction_that_left_a_source_is_found() => AssertBroken("INV-103", () =>
    {
        _txs.Unlist(_tx);
        (_tx.Outcome, _tx.Leavings) = (TxOutcome.Expired, new TxLeavings());
        _txs.BeginRetention(_tx, 1);
    });

    [Fact]
    public void An_outcome_without_a_block_is_found() => AssertBroken("INV-99", () => _tx.SetExecution(ExecutionOutcome.Reverted, isUnverified: false));

    [Fact]
    public void A_waiting_list_past_its_bound_is_found()
    {
        Enumerable.Range(1, s_bounds.Waiting - 1).ToList().ForEach(Wait);

        AssertBroken("INV-58", () => Wait(s_bounds.Waiting));

        void Wait(int number)
        {
            var tx = _txs.Admit(Numbered(number), default);
            _txs.BeginWait(tx, 0);
            _txs.Moved(tx, TxState.Unknown, TxState.Seen);
        }
    }

    [Fact]
    public void A_settled_list_past_its_bound_is_found()
    {
        Enumerable.Range(1, s_bounds.Settled).ToList().ForEach(Expire);

        AssertBroken("INV-41", () => Expire(s_bounds.Settled + 1));

        void Expire(int number)
        {
            var tx = _txs.Admit(Numbered(number), default);
            tx.Outcome = TxOutcome.Expired;
            _txs.BeginRetention(tx, 1);
            _txs.Moved(tx, TxState.Unknown, TxState.Expired);
        }
    }

    [Fact]
    public void An_account_left_under_review_is_found() => AssertBroken("INV-44", () => _accounts.Touch(_account));

    [Fact]
    public void A_stale_ready_end_is_found() => AssertBroken("INV-45", () => _account.ReadyEnd = 2);

    [Fact]
    public void An_idle_account_that_is_not_listed_is_found() => AssertBroken("INV-47", () =>
    {
        _account.Slots.Release(_tx);
        _account.ReadyEnd = 0;
        _txs.Unlist(_tx);
        _tx.Outcome = TxOutcome.Expired;
    });

    [Fact]
    public void Nonces_that_do_not_rise_are_found() => AssertBroken("INV-48", () =>
    {
        var second = _txs.Admit(Named.Tx("b"), default);
        (second.Account, second.Nonce) = (_account, 1);
        _account.Slots.Put(second);
        second.Nonce = 0;
        _account.ReadyEnd = 2;
    });

    [Fact]
    public void A_transaction_below_the_nonce_from_which_one_is_looked_for_is_found() => AssertBroken("INV-98", () =>
    {
        _account.Slots.NoneWaitsBelow(1);
        (_account.Next, _account.Knowledge) = (0, NonceKnowledge.Reported);
    });

    [Fact]
    public void A_pin_without_a_move_is_found() => AssertBroken("INV-46", () => _account.Pins++);

    [Fact]
    public void A_move_without_a_pin_is_found() => AssertBroken("INV-46", () =>
    {
        var block = new CanonicalBlock(_block, default, 1, 0);
        block.Undo.Add(new NonceBefore(_account, 0, NonceKnowledge.Assumed, 0));
        _window.Push(block);
    });

    [Fact]
    public void A_holder_that_is_not_in_the_table_is_found() => AssertBroken("INV-49", () =>
    {
        _account.Slots.Put(new TxEntry(Named.Tx("stranger")) { Account = _account, Nonce = 1 });
        _account.ReadyEnd = 2;
    });

    [Fact]
    public void A_transaction_that_waits_on_a_used_nonce_is_found() => AssertBroken("INV-50", () => (_account.Next, _account.Knowledge) = (1, NonceKnowledge.Chain));

    [Fact]
    public void A_transaction_that_waits_below_a_nonce_known_before_a_gap_is_none() => AssertAllAfter(() =>
    {
        (_account.Next, _account.Knowledge) = (1, NonceKnowledge.Chain);
        _window.CountGap();
    });

    [Fact]
    public void An_included_transaction_that_it_block_does_not_list_is_found() => AssertBroken("INV-53", () =>
    {
        _window.Push(new CanonicalBlock(_block, default, 1, 1));
        _txs.Unlist(_tx);
        _tx.Block = _block;
        _txs.Moved(_tx, TxState.Pending, TxState.Included);
    });

    [Fact]
    public void A_final_block_in_the_window_is_found() => AssertBroken("INV-57", () =>
    {
        _window.Push(new CanonicalBlock(_block, default, 1, 0));
        _block.IsFinal = true;
    });

    [Fact]
    public void A_block_below_the_top_is_refused() => AssertBroken("INV-43", () =>
    {
        _window.Push(new CanonicalBlock(_block, default, 1, 0));
        _window.Push(new CanonicalBlock(new BlockRef(new BlockNumber(7), Named.Block("another")), default, 1, 0));
    });

    [Fact]
    public void A_chain_is_not_abandoned_while_it_ha_blocks() => AssertBroken("INV-102", () =>
    {
        _window.Push(new CanonicalBlock(_block, default, 1, 0));
        _window.Abandon(new AbandonedChain(default, default, default, default, default, null));
    });

    [Fact]
    public void A_transaction_that_is_in_no_list_cannot_be_removed_from_one() => AssertBroken("INV-42", static () => new ArrivalList<TxEntry>().Remove(new TxEntry(s_hash)));

    [Fact]
    public void An_observer_that_is_connected_and_not_listed_is_found() => AssertBroken("INV-69", () =>
    {
        var state = new ObservationState(new EntryLedger(ObservationTags.Range));
        state.Observers.Of(new ObserverKey(SourceId.Of("a"), default))!.IsConnected = true;
        state.AssertInvariants();
    });

    [Fact]
    public void A_connected_observer_that_is_awaited_is_found() => AssertBroken("INV-109", () =>
    {
        var state = new ObservationState(new EntryLedger(ObservationTags.Range));
        var observer = state.Observers.Of(new ObserverKey(SourceId.Of("a"), default))!;
        observer.IsAwaited = true;
        state.AssertInvariants();
    });

    private static Hash256 Numbered(int number)
    {
        byte[] bytes = new byte[Hash256.Size];
        BitConverter.TryWriteBytes(bytes, number);
        return new Hash256(bytes);
    }

    private void AssertBroken(string invariant, Action breaks)
    {
        AssertAll();
        var broken = Assert.Throws<InvariantBrokenException>(() => AssertAllAfter(breaks));
        Assert.Contains(invariant, broken.Message, StringComparison.Ordinal);
    }

    private void AssertAllAfter(Action breaks)
    {
        breaks();
        AssertAll();
    }

    private void AssertAll()
    {
        _accounts.AssertInvariants();
        _txs.AssertInvariants();
        _window.AssertInvariants();
        LifecycleInvariants.AssertBetween(_txs, _accounts, _window);
    }
}
