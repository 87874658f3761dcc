using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Changes;
using Mempulse.Replay.Derivations;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Views;

namespace Mempulse.Features.Book;

/// <summary>Moves the book from block to block: by the events of each one, and back where a reorg leaves it.</summary>
internal sealed class BookBlocks(EntryLedger ledger, BookPools pools, BookPairs pairs, BookTokens tokens, BookBounds bounds)
{
    /// <summary>Blocks that the book may be behind the head before every pool is read anew.</summary>
    public const ulong MaxLag = 8;

    private readonly BlockEvents _events = new(pools, pairs, tokens);

    /// <summary>Takes back what the blocks that were left did.</summary>
    public void Undo(BookChain chain, FactChanges changes, DerivedEvents derived)
    {
        foreach (var block in changes.BlocksUndone)
        {
            UndoFrom(block.Number);
            tokens.Undo(block.Number, block.Hash, derived);
            ledger.Changing(chain);
            if (chain.Hash == block.Hash)
            {
                chain.Undo(block.ParentHash);
            }
            else if (chain.Next.Hash == block.Hash)
            {
                chain.Next.Drop();
            }
        }
    }

    /// <summary>Goes on over blocks without transactions, and starts anew where the canonical chain cannot be followed.</summary>
    public void Follow(BookChain chain, in Fact fact, IMempoolView pool)
    {
        if (fact.Event is LogEvent.BlockObserved { Transactions.Count: 0 } empty)
        {
            ledger.Changing(chain);
            chain.AddEmpty(empty.Hash);
            GoOnOverEmpty(chain, pool);
        }

        if (pool.Head is not { } head)
        {
            Restart(chain, default, default); // the chain was left, and nothing is known of the next one
            return;
        }

        bool isOnChain = chain.IsKnown && pool.TryGetCanonical(chain.Number, out var canonical) && canonical.Value.Hash == chain.Hash;
        if (!isOnChain)
        {
            Restart(chain, head.Number, head.Hash);
        }
        else if (head.Number.Value - chain.Number.Value > MaxLag)
        {
            SetAllAside(new BlockNumber(chain.Number.Value + 1));
            ledger.Changing(chain);
            chain.Start(head.Number, head.Hash);
        }
    }

    /// <summary>Applies the events of the next block once all of them are there.</summary>
    public void Apply(BookChain chain, in Fact fact, IMempoolView pool, BookRules rules, DerivedEvents derived)
    {
        var view = ReceiptsView.Read(fact.Record);
        if (!IsNext(chain, view, pool))
        {
            return;
        }

        ledger.Changing(chain);
        Note(chain.Next, view);
        if (view.Continuation != ReceiptsContinuation.Complete)
        {
            chain.Next.Keep(fact.Record.Payload, bounds.PartBytes);
            return;
        }

        if (chain.Next.IsFollowed)
        {
            _events.Begin();
            foreach (byte[] part in chain.Next.Parts)
            {
                _events.Take(ReceiptsView.Read(view.Block, part), rules, derived);
            }

            _events.Take(view, rules, derived);
            _events.End(view.Number, pool.Final, rules.Universe);
        }
        else
        {
            SetAllAside(view.Number);
        }

        chain.Complete(view.Block);
        GoOnOverEmpty(chain, pool);
    }

    private static void GoOnOverEmpty(BookChain chain, IMempoolView pool)
    {
        while (chain.Empty.Count > 0 && chain.Next.Hash.IsZero && pool.TryGetCanonical(new BlockNumber(chain.Number.Value + 1), out var next)
            && next.Value.ParentHash == chain.Hash && chain.Empty.Contains(next.Value.Hash))
        {
            chain.Complete(next.Value.Hash);
        }
    }

    /// <summary>Notes what a part touches, and where the next one has to begin.</summary>
    private static void Note(NextBlock next, in ReceiptsView view)
    {
        int log = view.FirstLog;
        foreach (var receipt in view)
        {
            log += receipt.LogCount + receipt.OmittedLogs;
            if (receipt.OmittedLogs > 0)
            {
                next.Miss(); // any contract may have emitted them: no record says which
            }

            foreach (var emitted in receipt)
            {
                if (emitted.TopicCount > 0 && PoolLogs.KindOf(emitted.Topic(0)) is not (PoolLogKind.Unknown or PoolLogKind.Harmless or PoolLogKind.Transfer or PoolLogKind.PairSwap))
                {
                    next.Touched.Add(emitted.Account);
                }
            }
        }

        next.GoOn(view.First + view.EndedCount, log);
    }

    private void Restart(BookChain chain, BlockNumber number, Hash256 hash)
    {
        ledger.Changing(chain);
        chain.Start(number, hash);
        foreach (var pool in pools.SortedByKey())
        {
            if (pool.Standing != PoolStanding.Wanted)
            {
                pools.Change(pool, static forgotten => forgotten.Forget());
            }
        }
    }

    private void SetAllAside(BlockNumber at)
    {
        foreach (var pool in pools.HeldFrom(default, pools.HeldCount))
        {
            pools.Change(pool, aside => aside.SetAside(at));
        }
    }

    private void UndoFrom(BlockNumber number)
    {
        foreach (var pool in pools.SortedByKey())
        {
            if (pool.IsSince(number))
            {
                pools.Change(pool, undone => undone.Undo(number));
            }
        }
    }

    /// <summary>Returns true for proven receipts of the block after the head of the book, which follow those that were applied of it.</summary>
    private bool IsNext(BookChain chain, in ReceiptsView view, IMempoolView pool)
    {
        if (!view.IsVerified || view.Continuation == ReceiptsContinuation.Unstated || view.Number.Value != chain.Number.Value + 1
            || !pool.TryGetCanonical(view.Number, out var block) || block.Value.Hash != view.Block || block.Value.ParentHash != chain.Hash)
        {
            return false;
        }

        if (view is not { First: 0, FirstLog: 0 })
        {
            return chain.Next.Hash == view.Block && chain.Next.Receipt == view.First && chain.Next.Log == view.FirstLog;
        }

        ledger.Changing(chain);
        chain.Next.Begin(view.Block); // also after a restart, when the parts come again from the first one
        return true;
    }
}
