using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Views;

namespace Mempulse.Replay.Tests.PlainRules;

/// <summary>The model's canonical chain: what blocks include, and how a reorg takes them back.</summary>
internal sealed class ModelChain(ModelPool pool)
{
    private ulong? _firstSeconds;
    private bool _isSuccessor;

    /// <summary>The canonical blocks, the last final one first.</summary>
    public List<ModelBlock> Blocks { get; } = [];

    public ModelBlock? Head => Blocks.Count == 0 ? null : Blocks[^1];

    public ulong HeadNumber => Head?.Number ?? 0;

    public ulong? Final { get; private set; }

    /// <summary>Block time: the head's timestamp, or that of the last one there was.</summary>
    public ulong Seconds { get; private set; }

    public void Block(LogEvent.BlockObserved block, FoldParameters parameters)
    {
        ulong number = block.Number.Value;
        if (Blocks.Any(known => known.Fact.Hash == block.Hash) || number <= Final)
        {
            return;
        }

        if (Blocks.Count == 0 && _isSuccessor)
        {
            foreach (var settled in pool.Txs.Values.Where(static tx => tx.SettledAt is not null))
            {
                settled.SettledAt = number;
            }
        }

        var parent = Blocks.SingleOrDefault(known => known.Fact.Hash == block.ParentHash);
        pool.Gaps += parent is null && Blocks.Count > 0 ? 1 : 0;
        Undo(known => known.Number >= number || known.Number > parent?.Number);
        var added = new ModelBlock(block);
        Blocks.Add(added);
        Seconds = block.TimestampSeconds;
        _firstSeconds ??= Seconds;
        for (int i = 0; i < block.Transactions.Count; i++)
        {
            Include(added, block.Transactions[i], i);
        }

        foreach (var reported in block.AuthorityNonces)
        {
            Move(added, reported.Account, reported.Next.Value, loser => CarrierOf(block, reported.Account, loser));
        }

        Confirm(Math.Min(parameters.ConfirmationDepthBlocks, 1_024));
        Expire(parameters.ExpirySeconds);
        Leave(Math.Max(1, Math.Min(parameters.RetentionBlocks, 1_024)));
        pool.AnnounceMoves();
    }

    /// <summary>The chain went back to a block; nothing final is taken back.</summary>
    public void Reorg(Hash256 ancestor, ulong number) =>
        Undo(block => block.Number > number || (block.Number == number && block.Fact.Hash != ancestor));

    /// <summary>The chain is left beyond finality.</summary>
    public void Abandon()
    {
        Undo(static _ => true);
        foreach (var tx in pool.Txs.Values.Where(static tx => tx.Inclusion is { IsAbandoned: false }).OrderBy(static tx => tx.Order))
        {
            pool.Touch(tx.Sender!.Value);
            tx.Inclusion!.IsAbandoned = true;
        }

        pool.ForgetRemembered();
        foreach (var account in pool.Nonces.Keys.Order())
        {
            pool.Touch(account);
        }

        pool.Nonces.Clear();
        pool.Gaps++;
        Blocks.Clear();
        Final = null;
        _isSuccessor = true;
        pool.AnnounceMoves();
    }

    public void Receipts(LogEvent.ReceiptsObserved receipts)
    {
        for (int i = 0; i < receipts.Receipts.Count; i++)
        {
            var receipt = receipts.Receipts[i];
            if (pool.Txs.TryGetValue(receipt.Tx, out var tx) && tx.Inclusion is { } inclusion && inclusion.Block == receipts.Block)
            {
                Learn(tx, inclusion, receipt, receipts.IsVerified);
            }
        }

        var block = Blocks.SingleOrDefault(known => known.Fact.Hash == receipts.Block);
        if (block is not null && receipts.First <= block.Receipts)
        {
            block.Receipts = Math.Max(block.Receipts, receipts.First + receipts.Receipts.Count);
        }
    }

    private void Learn(ModelTx tx, ModelInclusion inclusion, TxResult receipt, bool isVerified)
    {
        bool isNews = inclusion.Outcome == ExecutionOutcome.Unknown || (isVerified && (receipt.Outcome != inclusion.Outcome || inclusion.IsClaim));
        if (receipt.Outcome != ExecutionOutcome.Unknown && isNews)
        {
            pool.Derived.Add(new LogEvent.TxOutcomeKnown(
                tx.Hash, inclusion.Block, tx.Sender!.Value, new BlockNumber(inclusion.Number), inclusion.Outcome, receipt.Outcome, receipt.GasUsed, isVerified));
            inclusion.Outcome = receipt.Outcome;
            inclusion.IsClaim = !isVerified;
        }
    }

    private void Include(ModelBlock block, BlockTx included, int index)
    {
        if (pool.Txs.TryGetValue(included.Hash, out var tx) ? tx.Inclusion is { IsFinal: true, IsAbandoned: false } : pool.Remembered.GetValueOrDefault(included.Hash) == TxState.Confirmed)
        {
            return; // final, whatever arrives later
        }

        tx ??= pool.Begin(included.Hash, 0);
        ulong nonce = included.Nonce.Value;
        pool.Derived.Add(new LogEvent.TxIncluded(included.Hash, block.Fact.Hash, included.Sender, pool.AnnouncedOf(included.Hash), block.Fact.Number, index, included.Outcome));
        pool.Remembered.Remove(included.Hash);
        (tx.Sender, tx.Nonce) = (included.Sender, nonce);
        (tx.ReplacedBy, tx.IsExpired, tx.IsLeft, tx.SettledAt) = (null, false, false, null);
        tx.LeftBy.Clear();
        tx.Inclusion = new ModelInclusion(block.Fact.Hash, block.Number, index, included.Outcome);
        pool.Note(tx);
        if (pool.WaitingOf(included.Sender).SingleOrDefault(rival => rival.Nonce == nonce) is { } loser)
        {
            pool.Replace(loser, included.Hash, byInclusion: true, HeadNumber);
        }

        Move(block, included.Sender, nonce + 1, static _ => default);
        foreach (var tuple in included.Authorizations.Span)
        {
            Authorize(block, tuple, included.Hash);
        }
    }

    /// <summary>EIP-7702: a tuple of this chain whose nonce matches uses it. A node's report about the block takes precedence.</summary>
    private void Authorize(ModelBlock block, Authorization tuple, Hash256 carrier)
    {
        var account = tuple.Authority;
        bool isOfOtherChain = tuple.ChainId.Value is not 0 && tuple.ChainId != Testing.Scenarios.Scenario.Chain;
        if (isOfOtherChain || block.Fact.AuthorityNonces.Any(reported => reported.Account == account))
        {
            return;
        }

        ulong used = tuple.Nonce.Value;
        pool.Touch(account);
        var (knowledge, next) = (pool.KnowledgeOf(account), pool.NonceOf(account).Next);
        if (knowledge == NonceKnowledge.Assumed || used == next || (knowledge == NonceKnowledge.Reported && used > next))
        {
            Move(block, account, used + 1, nonce => nonce == used ? carrier : default);
        }
    }

    private static Hash256 CarrierOf(LogEvent.BlockObserved block, Address authority, ulong nonce) =>
        block.Transactions.FirstOrDefault(tx => tx.Authorizations.ToArray().Any(tuple => tuple.Authority == authority && tuple.Nonce.Value == nonce))?.Hash ?? default;

    /// <summary>The chain proves an account's next nonce: those that wait below it never can be included.</summary>
    private void Move(ModelBlock block, Address account, ulong next, Func<ulong, Hash256> by)
    {
        block.Moves.Add((account, pool.NonceOf(account)));
        pool.Nonces[account] = new ModelNonce(next, NonceKnowledge.Chain, pool.Gaps);
        pool.Touch(account);
        foreach (var loser in pool.WaitingOf(account).Where(tx => tx.Nonce < next).ToList())
        {
            pool.Replace(loser, by(loser.Nonce), byInclusion: true, HeadNumber);
        }
    }

    /// <summary>Takes blocks back from the top, with their nonces; then what they included is announced in the order of the chain.</summary>
    private void Undo(Func<ModelBlock, bool> isUndone)
    {
        List<(ModelTx Tx, ModelInclusion Inclusion)> reopened = [];
        while (Head is { } block && !(block.Number <= Final) && isUndone(block))
        {
            Blocks.RemoveAt(Blocks.Count - 1);
            Seconds = Head?.Fact.TimestampSeconds ?? Seconds;
            var included = pool.Txs.Values.Where(tx => tx.Inclusion is { IsFinal: false } inclusion && inclusion.Block == block.Fact.Hash);
            foreach (var tx in included.OrderByDescending(static tx => tx.Inclusion!.Index).ToList())
            {
                pool.Touch(tx.Sender!.Value);
                reopened.Insert(0, (tx, tx.Inclusion!));
            }

            foreach (var (account, before) in Enumerable.Reverse(block.Moves))
            {
                pool.Nonces[account] = before;
                pool.Touch(account);
            }
        }

        Reopen(reopened);
    }

    private void Reopen(List<(ModelTx Tx, ModelInclusion Inclusion)> reopened)
    {
        foreach (var (tx, _) in reopened)
        {
            tx.Inclusion = null;
            tx.WaitsSince = Seconds;
            tx.Order = pool.NextOrder();
        }

        foreach (var (account, nonce) in pool.Nonces.ToList())
        {
            if (pool.KnowledgeOf(account) == NonceKnowledge.Chain && pool.WaitingOf(account).Any(tx => tx.Nonce < nonce.Next))
            {
                pool.Nonces[account] = nonce with { Knowledge = NonceKnowledge.Reported }; // a pending transaction below it proves that it was wrong
            }
        }

        foreach (var (tx, inclusion) in reopened)
        {
            pool.Derived.Add(new LogEvent.TxReopened(tx.Hash, inclusion.Block, tx.Sender!.Value, new BlockNumber(inclusion.Number), pool.StateOf(tx)));
            pool.Note(tx);
        }

        pool.AnnounceMoves();
    }

    private void Confirm(ulong depth)
    {
        foreach (var block in Blocks.Where(block => !(block.Number <= Final) && HeadNumber - block.Number >= depth).ToList())
        {
            Final = block.Number;
            var included = pool.Txs.Values.Where(tx => tx.Inclusion is { IsFinal: false } inclusion && inclusion.Block == block.Fact.Hash);
            foreach (var tx in included.OrderBy(static tx => tx.Inclusion!.Index).ToList())
            {
                pool.Derived.Add(new LogEvent.TxConfirmed(tx.Hash, block.Fact.Hash, tx.Sender!.Value, block.Fact.Number));
                tx.Inclusion!.IsFinal = true;
                (tx.SettledAt, tx.Order) = (HeadNumber, pool.NextOrder());
                pool.Note(tx);
            }

            block.Moves.ForEach(move => pool.Touch(move.Account));
        }

        Blocks.RemoveAll(block => block.Number < Final);
    }

    /// <summary>The one that began to wait first expires first; none expires before it.</summary>
    private void Expire(ulong expirySeconds)
    {
        foreach (var tx in pool.Txs.Values.Where(static tx => tx.IsWaiting).OrderBy(static tx => tx.Order).ToList())
        {
            ulong since = Math.Max(tx.WaitsSince, _firstSeconds!.Value);
            if (Seconds <= since || Seconds - since <= expirySeconds)
            {
                break;
            }

            pool.Expire(tx, Seconds - since, HeadNumber);
        }
    }

    /// <summary>The one that settled first leaves first.</summary>
    private void Leave(ulong retention)
    {
        foreach (var tx in pool.Txs.Values.Where(static tx => tx.SettledAt is not null).OrderBy(static tx => tx.Order).TakeWhile(tx => HeadNumber >= tx.SettledAt + retention).ToList())
        {
            pool.Forget(tx);
            if (tx.Sender is { } sender)
            {
                pool.Touch(sender);
            }
        }
    }
}
