using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Changes;
using Mempulse.Replay.Derivations;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Views;

namespace Mempulse.Features.Book;

/// <summary>Moves the book from block to block: by the events of each one, and back where a reorg leaves it.</summary>
internal sealed class BookBlocks(EntryLedger ledger, BookPools pools)
{
    /// <summary>Blocks that the book may be behind the head before every pool is read anew.</summary>
    public const ulong MaxLag = 8;

    /// <summary>Takes back what the blocks that were left did.</summary>
    public void Undo(BookChain chain, FactChanges changes)
    {
        foreach (var block in changes.BlocksUndone)
        {
            ForgetFrom(block.Number);
            ledger.Changing(chain);
            if (chain.Hash == block.Hash)
            {
                chain.Undo(block.ParentHash);
            }
            else if (chain.Applying == block.Hash)
            {
                chain.Drop();
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
        if (!isOnChain || head.Number.Value - chain.Number.Value > MaxLag)
        {
            Restart(chain, head.Number, head.Hash);
        }
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

    private void ForgetFrom(BlockNumber number)
    {
        foreach (var pool in pools.SortedByKey())
        {
            if (pool.Standing == PoolStanding.Held && pool.Newest.Since >= number)
            {
                pools.Change(pool, undone => undone.Undo(number));
            }
        }
    }

    private static void GoOnOverEmpty(BookChain chain, IMempoolView pool)
    {
        while (chain.Empty.Count > 0 && chain.Applying.IsZero && pool.TryGetCanonical(new BlockNumber(chain.Number.Value + 1), out var next)
            && next.Value.ParentHash == chain.Hash && chain.Empty.Contains(next.Value.Hash))
        {
            chain.Complete(next.Value.Hash);
        }
    }

    /// <summary>Applies the events of the next block, or of a part of it.</summary>
    public void Apply(BookChain chain, in ReceiptsView view, IMempoolView pool)
    {
        if (!IsNext(chain, view, pool))
        {
            return;
        }

        ledger.Changing(chain);
        int nextLog = view.FirstLog;
        foreach (var receipt in view)
        {
            nextLog += receipt.LogCount;
            if (receipt.OmittedLogs > 0 && pool.Head is { } head)
            {
                Restart(chain, head.Number, head.Hash);
                return;
            }

            foreach (var log in receipt)
            {
                Apply(chain, log, view.Number, pool.Final);
            }
        }

        (chain.NextReceipt, chain.NextLog) = (view.First + view.EndedCount, nextLog);
        if (view.Continuation == ReceiptsContinuation.Complete)
        {
            chain.Complete(view.Block);
            GoOnOverEmpty(chain, pool);
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
            return chain.Applying == view.Block && chain.NextReceipt == view.First && chain.NextLog == view.FirstLog;
        }

        if (chain.Applying == view.Block)
        {
            ForgetFrom(view.Number); // after a restart the parts come again from the first one
        }

        ledger.Changing(chain);
        chain.Begin(view.Block);
        return true;
    }

    private void Apply(BookChain chain, in TxLogView log, BlockNumber number, BlockNumber? final)
    {
        if (log.TopicCount == 0)
        {
            return;
        }

        var kind = PoolLogs.KindOf(log.Topic(0));
        bool isHarmless = kind is PoolLogKind.Harmless;
        if (kind != PoolLogKind.Unknown && !isHarmless)
        {
            chain.Touching.Add(log.Account);
        }

        if (isHarmless || !pools.TryGet(PoolKey.Of(log.Account), out var pool))
        {
            return;
        }

        if (pool.Standing == PoolStanding.Absent && kind != PoolLogKind.Unknown)
        {
            pools.Change(pool, static created => created.Forget());
        }
        else if (pool.Standing == PoolStanding.Held && number > pool.ReadAt)
        {
            Move(pool, kind, log, number, final);
        }
    }

    private void Move(PoolEntry pool, PoolLogKind kind, in TxLogView log, BlockNumber number, BlockNumber? final)
    {
        if (kind == PoolLogKind.Unknown)
        {
            if (!pool.HasUnknownLog)
            {
                pools.Change(pool, static changed => changed.HasUnknownLog = true);
            }

            return;
        }

        var state = log.OmittedBytes == 0 ? PoolLogs.Apply(pool.Newest.State, kind, log) : null;
        if (state is null)
        {
            pools.Change(pool, static forgotten => forgotten.Forget());
        }
        else if (state != pool.Newest.State)
        {
            pools.Change(pool, moved => moved.Move(state, number, final));
        }
    }
}
