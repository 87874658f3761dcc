using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Pool;
using Mempulse.Replay.Transitions;
using Mempulse.Replay.Views;

namespace Mempulse.Replay.Settling;

/// <summary>Settles waiting transactions and removes settled ones.</summary>
internal sealed class Departures(TxTable txs, AccountTable accounts, CanonicalWindow window, TransitionLog log)
{
    /// <summary>Replaces a transaction: another one outbid it, or used its nonce in a block.</summary>
    /// <param name="tx">A waiting transaction, or one whose inclusion a contradicting block revokes.</param>
    /// <param name="from">The state last announced.</param>
    /// <param name="by">The replacing transaction; zero when a block proves that the nonce is used, but not by which transaction.</param>
    /// <param name="outcome">Outbid or NonceUsed.</param>
    public void Replace(TxEntry tx, TxState from, Hash256 by, TxOutcome outcome)
    {
        Settle(tx, outcome);
        tx.ReplacedBy = by;
        log.Replaced(tx, from);
    }

    /// <summary>Expires a transaction: it waited too long, or a bound was reached.</summary>
    public void Expire(TxEntry tx, TxState from)
    {
        ulong since = window.WaitStart(tx.WaitsSince);
        ulong waited = window.TimeSeconds > since ? window.TimeSeconds - since : 0;
        Settle(tx, TxOutcome.Expired);
        log.Expired(tx, from, waited);
    }

    /// <summary>Replaces every waiting holder of a nonce below the account's next one: a block used it.</summary>
    /// <param name="account">The account.</param>
    /// <param name="by">The transaction that used a nonce; zero when that is not known.</param>
    public void ReplaceBelowNext(AccountEntry account, Func<ulong, Hash256> by)
    {
        for (int i = account.Slots.IndexOfFirstFrom(account.Slots.WaitingFrom); i < account.Slots.Count && account.Slots.NonceAt(i) < account.Next;)
        {
            var holder = account.Slots[i];
            if (holder.IsWaiting)
            {
                Replace(holder, holder.State, by(holder.Nonce), TxOutcome.NonceUsed);
            }
            else
            {
                i++;
            }
        }

        account.Slots.NoneWaitsBelow(account.Next);
    }

    /// <summary>Removes a settled transaction; only its hash is remembered for a while.</summary>
    public void Leave(TxEntry tx)
    {
        var account = tx.Account;
        txs.Leave(tx);
        if (account is null || !account.Slots.Release(tx))
        {
            return;
        }

        if (account.Knowledge != NonceKnowledge.Assumed && tx.Nonce < account.Next)
        {
            accounts.TouchIdle(account);
        }
        else
        {
            accounts.Touch(account);
        }
    }

    private void Settle(TxEntry tx, TxOutcome outcome)
    {
        txs.Changing(tx);
        if (tx.IsWaiting)
        {
            txs.Unlist(tx);
        }

        if (tx.Account is { } account && account.Slots.Release(tx))
        {
            accounts.Touch(account);
        }

        tx.Block = null;
        tx.Leavings = null;
        tx.Outcome = outcome;
        txs.BeginRetention(tx, window.Head?.Number.Value ?? 0);
    }
}
