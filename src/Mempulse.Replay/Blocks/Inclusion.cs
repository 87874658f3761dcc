using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay.Pool;
using Mempulse.Replay.Settling;
using Mempulse.Replay.Transitions;

namespace Mempulse.Replay.Blocks;

/// <summary>Marks the transactions of a canonical block as included, whatever their state was, and advances the nonces it uses.</summary>
internal sealed class Inclusion(TxTable txs, AccountTable accounts, TransitionLog log, Departures departures, NonceMoves moves, FactSubjects subjects)
{
    private static readonly Func<ulong, Hash256> UnknownUser = static _ => Hash256.Zero;

    private readonly List<TxEntry?> _known = []; // the block's transactions; none leaves the table while the block is being applied

    public void IncludeAll(LogEvent.BlockObserved observed, CanonicalBlock block, in RecordView fact)
    {
        _known.Clear();
        foreach (var included in observed.Transactions)
        {
            _known.Add(txs.Preload(included.Hash));
        }

        for (int i = 0; i < observed.Transactions.Count; i++)
        {
            var included = observed.Transactions[i];
            if (Take(included, _known[i], fact) is { } tx && tx.Block != block.Ref)
            {
                Include(tx, included, i, block);
                moves.UseNonce(tx, block);
                departures.ReplaceBelowNext(tx.Account!, UnknownUser);
                moves.ApplyAuthorizations(included, observed.AuthorityNonces, block);
            }
        }

        moves.ApplyReported(observed, block);
    }

    /// <summary>Finds or adds the transaction; null when it is final in another block of this chain, which no block can change.</summary>
    private TxEntry? Take(BlockTx included, TxEntry? known, in RecordView fact)
    {
        if (known is { } tx || txs.TryFind(included.Hash, out tx))
        {
            return tx.State == TxState.Confirmed && !tx.IsAbandoned ? null : tx;
        }

        if (!txs.TryFindSettled(included.Hash, out var settled))
        {
            return txs.Admit(included.Hash, fact.Timestamp);
        }

        if (settled.State == TxState.Confirmed)
        {
            return null;
        }

        return Readmit(settled, fact);
    }

    /// <summary>Brings back a replaced or expired transaction that has left the table; its transition starts from that state.</summary>
    private TxEntry Readmit(SettledHash settled, in RecordView fact)
    {
        var hash = settled.Hash;
        var outcome = settled.State == TxState.Expired ? TxOutcome.Expired : TxOutcome.NonceUsed;
        txs.ForgetSettled(settled);
        var tx = txs.Admit(hash, fact.Timestamp);
        tx.Outcome = outcome;
        txs.BeginRetention(tx, height: 0);
        txs.Moved(tx, TxState.Unknown, tx.State);
        return tx;
    }

    private void Include(TxEntry tx, BlockTx included, int index, CanonicalBlock block)
    {
        txs.Changing(tx);
        var from = Detach(tx);
        tx.Nonce = tx.Account is null ? included.Nonce.Value : tx.Nonce;
        tx.Account = AccountOf(tx, included);
        var holder = tx.Account.Slots.HolderOf(tx.Nonce);
        var holderFrom = holder?.State ?? TxState.Unknown;
        if (holder is not null)
        {
            txs.Changing(holder);
        }

        tx.Block = block.Ref;
        tx.IndexInBlock = index;
        tx.SetExecution(included.Outcome, isUnverified: false);
        block.Transactions.Add(tx.Hash);
        if (holder != tx)
        {
            tx.Account.Slots.Put(tx);
        }

        subjects.Include(tx);
        log.Included(tx, block.Ref, from);
        if (holder is not null && holder != tx)
        {
            Displace(holder, holderFrom, tx);
        }
    }

    /// <summary>The sender's account. The account of a replaced transaction may have left the table meanwhile.</summary>
    private AccountEntry AccountOf(TxEntry tx, BlockTx included)
    {
        if (tx.Account is null || !tx.HoldsNonce)
        {
            return accounts.TouchAccount(tx.Account?.Address ?? included.Sender);
        }

        accounts.Touch(tx.Account);
        return tx.Account;
    }

    /// <summary>Removes a transaction from the list it is in and returns the state last announced.</summary>
    private TxState Detach(TxEntry tx)
    {
        var from = tx.IsWaiting && tx.ListOrdinal == 0 ? TxState.Unknown : tx.State;
        txs.Unlist(tx);
        tx.Leavings = null;
        tx.Outcome = TxOutcome.Open;
        tx.ReplacedBy = Hash256.Zero;
        return from;
    }

    /// <summary>Replaces the previous holder of the nonce, unless it is final: then it contradicts this block and keeps its state.</summary>
    private void Displace(TxEntry holder, TxState from, TxEntry tx)
    {
        if (from != TxState.Confirmed)
        {
            departures.Replace(holder, from, tx.Hash, TxOutcome.NonceUsed);
        }
    }
}
