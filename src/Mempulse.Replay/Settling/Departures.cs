using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.State;
using Mempulse.Replay.Transitions;

namespace Mempulse.Replay.Settling;

/// <summary>Ends the wait of a transaction: replaced or expired.</summary>
internal sealed class Departures(MempoolState state, TransitionLog log)
{
    /// <summary>Another transaction took its place, or used its nonce in a block.</summary>
    /// <param name="tx">One that waits, or whose inclusion a contradicting block revokes.</param>
    /// <param name="from">What was announced of it last.</param>
    /// <param name="by">Who; zero when a block shows that the nonce is used, but not by whom.</param>
    /// <param name="outcome">Outbid or NonceUsed.</param>
    public void Replace(TxEntry tx, TxState from, Hash256 by, TxOutcome outcome)
    {
        tx.ReplacedBy = by;
        Settle(tx, outcome);
        log.Replaced(tx, from);
    }

    /// <summary>It waited too long, or a bound leaves no room for it.</summary>
    public void Expire(TxEntry tx, TxState from)
    {
        ulong since = Math.Max(tx.WaitsSince, state.Chain.FirstBlockTimeSeconds);
        ulong waited = state.Chain.TimeSeconds > since ? state.Chain.TimeSeconds - since : 0;
        Settle(tx, TxOutcome.Expired);
        log.Expired(tx, from, waited);
    }

    /// <summary>Replaces every waiting holder of a nonce below the account's next one: a block used it.</summary>
    /// <param name="account">The account.</param>
    /// <param name="by">Says who used a nonce; zero when that is not known.</param>
    public void ReplaceBelowNext(AccountEntry account, Func<ulong, Hash256> by)
    {
        for (int i = 0; i < account.Slots.Count && account.Slots.NonceAt(i) < account.Next;)
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
    }

    private void Settle(TxEntry tx, TxOutcome outcome)
    {
        if (tx.IsWaiting)
        {
            state.Waiting.Remove(tx);
        }

        if (tx.Account is { } account && account.Slots.Release(tx))
        {
            state.Touch(account);
        }

        tx.Block = null;
        tx.Outcome = outcome;
        state.BeginRetention(tx);
    }
}
