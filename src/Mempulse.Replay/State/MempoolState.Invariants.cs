using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Lookups;
using Mempulse.Replay.Views;

namespace Mempulse.Replay.State;

/// <summary>Relations that hold between any two events; docs/invariants.md lists them.</summary>
internal sealed partial class MempoolState
{
    public void AssertInvariants()
    {
        Invariant.That(_touched.Count == 0, "INV-44", "no account is under review between two events");
        AssertAccounts();
        AssertTxs();
        AssertWindow();
        AssertLists();
        Sources.AssertInvariants();
        AssertDigest();
    }

    private void AssertAccounts()
    {
        var pins = CountPins();
        foreach (var account in _accounts.SortedByKey())
        {
            Invariant.That(account.ReadyEnd == account.ComputeReadyEnd(), "INV-45", "an account's ready end is what its next nonce and its slots make it");
            Invariant.That(account.Pins == (pins.TryGet(account.Address, out var pinned) ? pinned.Count : 0), "INV-46", "an account is pinned once for each nonce move that a block in the window can undo");
            bool isIdle = account.Slots.Count == 0 && account.Pins == 0;
            Invariant.That(isIdle == (account.ListOrdinal != 0), "INV-47", "an account is idle exactly when it holds no nonce and no block pins it");
            AssertSlots(account);
        }
    }

    private LookupTable<Address, List<BlockNumber>> CountPins()
    {
        var pins = new LookupTable<Address, List<BlockNumber>>();
        for (int i = 0; i < Window.Count; i++)
        {
            foreach (var before in Window[i].Undo)
            {
                if (!pins.TryGet(before.Account.Address, out var pinnedBy))
                {
                    pinnedBy = [];
                    pins.Add(before.Account.Address, pinnedBy);
                }

                pinnedBy.Add(Window[i].Number);
            }
        }

        return pins;
    }

    private void AssertSlots(AccountEntry account)
    {
        for (int i = 0; i < account.Slots.Count; i++)
        {
            var holder = account.Slots[i];
            Invariant.That(i == 0 || account.Slots[i - 1].Nonce < holder.Nonce, "INV-48", "an account's nonces rise strictly");
            bool isHeld = _txs.TryGet(holder.Hash, out var tx) && tx == holder && holder.Account == account;
            Invariant.That(isHeld && holder.Outcome == TxOutcome.Open, "INV-49", "who holds a nonce is in the table and neither replaced nor expired");
            bool isUsed = account.Knowledge == NonceKnowledge.Chain && account.KnownAtGap == Chain.Gaps && holder.Nonce < account.Next;
            Invariant.That(!isUsed || !holder.IsWaiting, "INV-50", "nobody waits on a nonce that the chain has used");
        }
    }

    private void AssertTxs()
    {
        Span<int> counts = stackalloc int[StateCount];
        counts.Clear();
        foreach (var tx in _txs.SortedByKey())
        {
            counts[(int)tx.State]++;
            Invariant.That(!tx.IsWaiting || tx.Account is null || tx.HoldsNonce, "INV-51", "every waiting transaction with a sender holds its nonce");
            Invariant.That(tx.Block is null || tx.Outcome == TxOutcome.Open, "INV-52", "no transaction is both in a block and replaced or expired");
            bool isInWindow = tx.Block is { IsFinal: false } block && Window.Find(block.Hash) is { } found && found.Transactions.Contains(tx.Hash);
            Invariant.That(tx.State != TxState.Included || isInWindow, "INV-53", "every included transaction is in its block in the window");
            Invariant.That((tx.ListOrdinal == 0) == (tx.State == TxState.Included), "INV-54", "every transaction but an included one is in the waiting or the settled list");
            Invariant.That(!_settledHashes.TryGet(tx.Hash, out _), "INV-55", "no transaction is both held and remembered as settled");
        }

        bool areCounted = counts.SequenceEqual(_countByState);
        Invariant.That(areCounted, "INV-56", "the counts by state are what counting makes them");
    }

    private void AssertWindow()
    {
        for (int i = 0; i < Window.Count; i++)
        {
            bool isAboveFinal = Chain.Final is not { } final || Window[i].Number > final;
            Invariant.That(isAboveFinal && !Window[i].Ref.IsFinal, "INV-57", "the window holds what is above finality");
        }
    }

    private void AssertLists()
    {
        Invariant.That(
            Waiting.Count == CountOf(TxState.Seen) + CountOf(TxState.Pending) + CountOf(TxState.Queued) && Waiting.Count <= MaxWaitingTxs,
            "INV-58",
            "the waiting list holds seen, pending and queued transactions, within its bound");
        Invariant.That(
            _settledHashes.Count == _settledHashOrder.Count && _settledHashes.Count <= MaxSettledHashes
                && Settled.Count <= MaxSettledTxs && _idleAccounts.Count <= MaxIdleAccounts,
            "INV-41",
            "what is kept of the past stays within its bounds");
    }

    private void AssertDigest()
    {
        var kept = Digest();
        var sum = _ledger.DigestOf(Chain);
        foreach (var entry in AllEntries())
        {
            sum = sum.Plus(_ledger.DigestOf(entry));
        }

        Invariant.That(sum == kept, "INV-59", "the kept digest is the sum over all entries");
    }

    private List<DigestedEntry> AllEntries()
    {
        List<DigestedEntry> entries = [.. _txs.SortedByKey(), .. _accounts.SortedByKey(), .. Sources.Sorted(), .. _settledHashes.SortedByKey()];
        for (int i = 0; i < Window.Count; i++)
        {
            entries.Add(Window[i]);
        }

        return entries;
    }
}
