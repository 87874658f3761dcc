using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay.Settling;
using Mempulse.Replay.State;
using Mempulse.Replay.Transitions;

namespace Mempulse.Replay.Blocks;

/// <summary>Puts the transactions of a canonical block into it, whatever their state was, and moves the nonces it uses.</summary>
internal sealed class Inclusion(MempoolState state, TransitionLog log, Departures departures, NonceMoves moves)
{
    private static readonly Func<ulong, Hash256> NobodyKnown = static _ => Hash256.Zero;

    public void IncludeAll(LogEvent.BlockObserved observed, CanonicalBlock block, in RecordView fact)
    {
        for (int i = 0; i < observed.Transactions.Count; i++)
        {
            var included = observed.Transactions[i];
            if (Take(included, fact) is { } tx && tx.Block != block.Ref)
            {
                Include(tx, included, i, block);
                moves.UseNonce(tx, block);
                departures.ReplaceBelowNext(tx.Account!, NobodyKnown);
                moves.ApplyAuthorizations(included, observed.AuthorityNonces, block);
            }
        }

        moves.ApplyTold(observed, block);
    }

    /// <summary>The transaction, taken up if nobody showed it before; null when it is final elsewhere, which no block changes.</summary>
    private TxEntry? Take(BlockTx included, in RecordView fact)
    {
        if (state.TryFind(included.Hash, out var tx))
        {
            return tx.State == TxState.Confirmed ? null : tx;
        }

        if (!state.TryFindSettled(included.Hash, out var settled))
        {
            return state.Admit(included.Hash, fact);
        }

        if (settled.State == TxState.Confirmed)
        {
            return null;
        }

        state.ForgetSettled(settled);
        tx = state.Admit(included.Hash, fact);
        tx.Outcome = settled.State == TxState.Expired ? TxOutcome.Expired : TxOutcome.NonceUsed;
        state.BeginRetention(tx);
        state.Moved(TxState.Unknown, tx.State);
        return tx;
    }

    private void Include(TxEntry tx, BlockTx included, int index, CanonicalBlock block)
    {
        var from = Detach(tx);
        tx.Nonce = tx.Account is null ? included.Nonce.Value : tx.Nonce;
        tx.Account = AccountOf(tx, included);
        tx.Block = block.Ref;
        tx.IndexInBlock = index;
        tx.Succeeded = included.Succeeded;
        state.Changed(tx);
        block.Transactions.Add(tx.Hash);

        var holder = tx.Account.Slots.HolderOf(tx.Nonce);
        var holderFrom = holder?.State ?? TxState.Unknown;
        tx.Account.Slots.Put(tx);
        log.Included(tx, block.Ref, from);
        if (holder is not null && holder != tx)
        {
            GiveWay(holder, holderFrom, tx);
        }
    }

    /// <summary>The sender's account. That of a replaced transaction may have left the table meanwhile.</summary>
    private AccountEntry AccountOf(TxEntry tx, BlockTx included)
    {
        if (tx.Account is null || !tx.HoldsNonce)
        {
            return state.TouchAccount(tx.Account?.Address ?? included.Sender);
        }

        state.Touch(tx.Account);
        return tx.Account;
    }

    /// <summary>Takes a transaction out of whatever list it is in and says where it stood.</summary>
    private TxState Detach(TxEntry tx)
    {
        var from = tx.IsWaiting && tx.ListOrdinal == 0 ? TxState.Unknown : tx.State;
        if (tx.ListOrdinal != 0)
        {
            (tx.IsWaiting ? state.Waiting : state.Settled).Remove(tx);
        }

        tx.Outcome = TxOutcome.Open;
        tx.ReplacedBy = Hash256.Zero;
        return from;
    }

    /// <summary>The former holder of the nonce: replaced, unless it is final, which contradicts this block and stays as it is.</summary>
    private void GiveWay(TxEntry holder, TxState from, TxEntry tx)
    {
        state.Changed(holder);
        if (from != TxState.Confirmed)
        {
            departures.Replace(holder, from, tx.Hash, TxOutcome.NonceUsed);
        }
    }
}
