using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Pool;
using Mempulse.Replay.Settling;
using Mempulse.Replay.Transitions;
using Mempulse.Replay.Views;

namespace Mempulse.Replay.NonceChains;

/// <summary>Places transactions in their sender's nonce order, and moves those that become ready or unready.</summary>
internal sealed class NonceOrder(TxTable txs, AccountTable accounts, CanonicalWindow window, TransitionLog log, Departures departures)
{
    private readonly List<ulong> _before = [];

    /// <summary>Places a waiting transaction whose body has just become known, or settles it immediately.</summary>
    /// <remarks>
    /// A new transaction on a held nonce either outbids the holder or is Replaced by it immediately: an underpriced rival is on record
    /// and never holds the nonce. On a nonce that the chain has used it is Replaced by inclusion.
    /// </remarks>
    public void Place(TxEntry newcomer, Address sender, ulong nonce, TxState from)
    {
        var account = accounts.TouchAccount(sender);
        txs.Changing(newcomer);
        newcomer.Account = account;
        newcomer.Nonce = nonce;
        if (account.Slots.HolderOf(nonce) is { } holder)
        {
            Contest(newcomer, holder, from);
        }
        else if (nonce < account.Next && account.KnowledgeAfter(window.Gaps) == NonceKnowledge.Chain)
        {
            departures.Replace(newcomer, from, Hash256.Zero, TxOutcome.NonceUsed);
        }
        else if (account.Slots.IsFull)
        {
            departures.Expire(newcomer, from);
        }
        else
        {
            account.Slots.Put(newcomer);
            Announce(newcomer, from, null);
        }
    }

    /// <summary>Applies the next nonce that a node reports, unless it is known from the chain.</summary>
    public void Reported(Address address, ulong next)
    {
        var account = accounts.TouchAccount(address);
        if (account.KnowledgeAfter(window.Gaps) == NonceKnowledge.Chain)
        {
            return;
        }

        accounts.Changing(account);
        account.Next = next;
        account.Knowledge = NonceKnowledge.Reported;
        account.KnownAtGap = window.Gaps;
    }

    /// <summary>Recomputes the ready ends of all touched accounts and announces every waiting transaction that moves as a result.</summary>
    public void Review() => AnnounceMoved(RecomputeTouched());

    /// <summary>Recomputes the ready ends of all touched accounts and returns the old ones, in the order of the touched accounts.</summary>
    public IReadOnlyList<ulong> RecomputeTouched()
    {
        _before.Clear();
        foreach (var account in accounts.Touched)
        {
            _before.Add(account.ReadyEnd);
            if (account.NeedsReview)
            {
                account.ReadyEnd = account.ComputeReadyEnd();
            }
        }

        return _before;
    }

    /// <summary>Announces every waiting transaction of a touched account that the new ready end moves.</summary>
    public void AnnounceMoved(IReadOnlyList<ulong> before)
    {
        for (int i = 0; i < before.Count; i++)
        {
            AnnounceBetween(accounts.Touched[i], before[i], accounts.Touched[i].ReadyEnd);
        }

        log.EndRound();
    }

    /// <summary>Announces the waiting transactions whose nonces lie between two ready ends, except those announced already.</summary>
    private void AnnounceBetween(AccountEntry account, ulong before, ulong after)
    {
        var (from, to) = after > before ? (TxState.Queued, TxState.Pending) : (TxState.Pending, TxState.Queued);
        ulong end = Math.Max(before, after);
        for (int i = account.Slots.IndexOfFirstFrom(Math.Min(before, after)); i < account.Slots.Count && account.Slots.NonceAt(i) < end; i++)
        {
            var holder = account.Slots[i];
            if (holder.IsWaiting && !holder.IsLeft && holder.AnnouncedInRound != log.Round)
            {
                log.StateChanged(holder, from, to, null);
            }
        }
    }

    /// <summary>Decides between a newcomer and the holder of its nonce. A holder without a body, or one that has left every source, is always outbid.</summary>
    private void Contest(TxEntry newcomer, TxEntry holder, TxState from)
    {
        if (!holder.IsWaiting)
        {
            departures.Replace(newcomer, from, holder.Hash, TxOutcome.NonceUsed);
        }
        else if (!holder.HasBody || holder.IsLeft || FeeBump.Outbids(holder.Fees, holder.Type, newcomer.Fees, newcomer.Type, window.Parameters))
        {
            departures.Replace(holder, holder.State, newcomer.Hash, TxOutcome.Outbid);
            newcomer.Replaces = holder.Hash;
            newcomer.Account!.Slots.Put(newcomer);
            Announce(newcomer, from, holder.Hash);
        }
        else
        {
            departures.Replace(newcomer, from, holder.Hash, TxOutcome.Outbid);
        }
    }

    /// <summary>Announces the new transaction first, then the transactions that its placement moves.</summary>
    private void Announce(TxEntry newcomer, TxState from, Hash256? replaces)
    {
        var account = newcomer.Account!;
        ulong before = account.ReadyEnd;
        account.ReadyEnd = ReadyEndWith(account, newcomer);
        log.StateChanged(newcomer, from, newcomer.State, replaces);
        AnnounceBetween(account, before, account.ReadyEnd);
        log.EndRound();
    }

    /// <summary>The ready end after <paramref name="newcomer"/> was placed; walks no ready transactions when it comes after them or behind a gap.</summary>
    private static ulong ReadyEndWith(AccountEntry account, TxEntry newcomer)
    {
        bool keepsStart = account.Knowledge != NonceKnowledge.Assumed
            || (account.Slots[0] != newcomer && account.Slots[0].IsWaiting);
        return keepsStart && newcomer.Nonce >= account.ReadyEnd ? account.ReadyEndFrom(account.ReadyEnd) : account.ComputeReadyEnd();
    }
}
