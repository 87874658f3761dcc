using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Pool;
using Mempulse.Replay.Views;

namespace Mempulse.Replay.Lifecycle;

/// <summary>Invariants between the lifecycle's tables; docs/invariants.md lists them. Each table checks its own.</summary>
internal static class LifecycleInvariants
{
    /// <summary>Checks every invariant. Walks all tables.</summary>
    /// <exception cref="InvariantBrokenException">An invariant is broken.</exception>
    public static void AssertBetween(TxTable txs, AccountTable accounts, CanonicalWindow window)
    {
        var pins = CountPins(window);
        int PinsOf(AccountEntry account) => pins.TryGetValue(account.Address, out int count) ? count : 0;
        foreach (var account in accounts.Sorted())
        {
            Invariant.That(account.Pins == PinsOf(account), "INV-46", "an account is pinned once for each nonce move that a block in the window can undo");
            AssertSlots(account, txs, window);
        }

        foreach (var tx in txs.Sorted())
        {
            bool isInWindow = tx.Block is { IsFinal: false } block && window.Find(block.Hash) is { } found && found.Transactions.Contains(tx.Hash);
            Invariant.That(tx.State != TxState.Included || isInWindow, "INV-53", "every included transaction is in its block in the window");
        }
    }

    private static SortedDictionary<Address, int> CountPins(CanonicalWindow window)
    {
        var pins = new SortedDictionary<Address, int>();
        for (int i = 0; i < window.Count; i++)
        {
            foreach (var before in window[i].Undo)
            {
                var address = before.Account.Address;
                pins[address] = pins.TryGetValue(address, out int count) ? count + 1 : 1;
            }
        }

        return pins;
    }

    private static void AssertSlots(AccountEntry account, TxTable txs, CanonicalWindow window)
    {
        for (int i = 0; i < account.Slots.Count; i++)
        {
            var holder = account.Slots[i];
            bool isHeld = txs.TryFind(holder.Hash, out var tx) && tx == holder && holder.Account == account;
            Invariant.That(isHeld && holder.Outcome == TxOutcome.Open, "INV-49", "the holder of a nonce is in the table and neither replaced nor expired");
            bool isUsed = account.Knowledge == NonceKnowledge.Chain && account.KnownAtGap == window.Gaps && holder.Nonce < account.Next;
            Invariant.That(!isUsed || !holder.IsWaiting, "INV-50", "no transaction waits on a nonce that the chain has used");
        }
    }
}
