using Mempulse.Features.Registry;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Changes;
using Mempulse.Replay.Derivations;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Views;

namespace Mempulse.Features.Markets;

/// <summary>Moves the markets from block to block: by the events of each one, once all of them are there, and back where a reorg leaves it.</summary>
internal sealed class MarketBlocks(EntryLedger ledger, MarketTables tables)
{
    /// <summary>Blocks that the markets may be behind the head before all of them are read anew.</summary>
    public const ulong MaxLag = 8;

    /// <summary>What the events of one block may say; a block that says more is not followed.</summary>
    public const int MaxMoves = 8_192;

    /// <summary>Takes back what the blocks that were left did.</summary>
    public void Undo(MarketChain chain, FactChanges changes)
    {
        foreach (var block in changes.BlocksUndone)
        {
            Undo(block.Number);
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
    public void Follow(MarketChain chain, in Fact fact, IMempoolView pool)
    {
        if (fact.Event is LogEvent.BlockObserved observed)
        {
            ledger.Changing(chain);
            chain.Add(new KnownBlock(observed.Hash, observed.TimestampSeconds, observed.Transactions.Count == 0));
            GoOnOverEmpty(chain, pool);
        }

        bool isOnChain = chain.IsKnown && pool.TryGetCanonical(chain.Number, out var canonical) && canonical.Value.Hash == chain.Hash;
        if (pool.Head is not { } head || !isOnChain || head.Number.Value - chain.Number.Value > MaxLag)
        {
            Restart(chain, pool);
        }
    }

    /// <summary>Begins at the head: everything is read anew.</summary>
    public void Restart(MarketChain chain, IMempoolView pool)
    {
        ledger.Changing(chain);
        if (pool.Head is { } head)
        {
            chain.Start(head.Number, head.Hash, head.TimestampSeconds);
            chain.Add(new KnownBlock(head.Hash, head.TimestampSeconds, IsEmpty: false)); // a reorg may come back to it
        }
        else
        {
            chain.Start(default, default, 0); // the chain was left, and nothing is known of the next one
        }

        foreach (var market in tables.Markets)
        {
            tables.Forget(market);
        }

        foreach (var account in tables.AccountsByKey())
        {
            tables.Forget(account);
        }
    }

    /// <summary>Reads the events of the next block, or of a part of it, and applies them once the last part is there.</summary>
    public void Apply(MarketChain chain, in ReceiptsView view, IMempoolView pool)
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
            if (receipt.OmittedLogs > 0 || chain.Moves.Count > MaxMoves)
            {
                Restart(chain, pool);
                return;
            }

            foreach (var log in receipt)
            {
                Read(chain, log);
            }
        }

        (chain.NextReceipt, chain.NextLog) = (view.First + view.EndedCount, nextLog);
        if (view.Continuation == ReceiptsContinuation.Complete)
        {
            Complete(chain, view.Block, pool);
            GoOnOverEmpty(chain, pool);
        }
    }

    /// <summary>Applies what a block says of a market that was read before it.</summary>
    public void CatchUp(MovedBlock block, MarketEntry market, BlockNumber? final)
    {
        foreach (var move in block.Moves)
        {
            if (move.Kind is MoveKind.Price or MoveKind.Reserve or MoveKind.SetAside)
            {
                Apply(move, market, block, final);
            }
        }
    }

    private void Complete(MarketChain chain, Hash256 hash, IMempoolView pool)
    {
        if (chain.Find(hash) is not { } block)
        {
            Restart(chain, pool); // without its time, no interest can be computed from here on
            return;
        }

        chain.Complete(block);
        var moved = chain.Recent[^1];
        foreach (var market in tables.Markets)
        {
            foreach (var move in moved.Moves)
            {
                if (move.Kind == MoveKind.Borrowed && move.Contract == market.Key)
                {
                    chain.AccountsLeft += (ulong)tables.Ask(MarketKey.Of(market.Key, move.Subject));
                }

                Apply(move, market, moved, pool.Final);
            }
        }
    }

    private void Apply(MarketMove move, MarketEntry market, MovedBlock block, BlockNumber? final)
    {
        if (move.Kind != MoveKind.Price && move.Contract != market.Key)
        {
            return;
        }

        switch (move.Kind)
        {
            case MoveKind.Touched or MoveKind.Borrowed:
                if (tables.TryGetAccount(MarketKey.Of(market.Key, move.Subject), out var account) && (!account.IsHeld || account.ReadAt < block.Number))
                {
                    tables.Touch(account);
                }

                break;
            case MoveKind.SetAside when market.ReadAt < block.Number:
                tables.Forget(market);
                break;
            case MoveKind.Reserve when market.IsHeld:
                MoveReserve(move, market, block, final);
                break;
            case MoveKind.Price when market.IsHeld:
                MovePrice(move, market, block, final);
                break;
            default:
                break;
        }
    }

    private void MoveReserve(MarketMove move, MarketEntry market, MovedBlock block, BlockNumber? final)
    {
        if (!tables.TryGetReserve(MarketKey.Of(market.Key, move.Subject), out var reserve))
        {
            tables.Forget(market); // a reserve that is newer than the reading
            return;
        }

        var moved = reserve.Newest.Reserve with { LiquidityRate = move.Rates[0], BorrowRate = move.Rates[1], LiquidityIndex = move.Rates[2], BorrowIndex = move.Rates[3], UpdatedAt = block.Time };
        tables.Move(market, reserve, moved, block.Number, final);
    }

    private void MovePrice(MarketMove move, MarketEntry market, MovedBlock block, BlockNumber? final)
    {
        if (market.Compound?.WithAnswer(move.Contract, move.Rates[0], block.Number) is { } priced)
        {
            tables.Set(market, priced);
        }

        foreach (var reserve in market.Reserves.ToArray())
        {
            if (reserve is not null && reserve.Feed == move.Contract)
            {
                tables.Move(market, reserve, reserve.Newest.Reserve with { Price = move.Rates[0] }, block.Number, final);
            }
        }
    }

    private void Undo(BlockNumber number)
    {
        foreach (var market in tables.Markets)
        {
            tables.Undo(market, number);
        }

        foreach (var account in tables.AccountsByKey())
        {
            if (account.IsHeld && account.ReadAt >= number)
            {
                tables.Forget(account);
            }
        }
    }

    private static void GoOnOverEmpty(MarketChain chain, IMempoolView pool)
    {
        while (chain.IsKnown && chain.Applying.IsZero && pool.TryGetCanonical(new BlockNumber(chain.Number.Value + 1), out var next)
            && next.Value.ParentHash == chain.Hash && chain.Find(next.Value.Hash) is { IsEmpty: true } block)
        {
            chain.Complete(block);
        }
    }

    /// <summary>Returns true for proven receipts of the block after the head of the markets, which follow those that were read of it.</summary>
    private bool IsNext(MarketChain chain, in ReceiptsView view, IMempoolView pool)
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

        ledger.Changing(chain);
        chain.Begin(view.Block); // after a restart the parts come again from the first one
        return true;
    }

    private void Read(MarketChain chain, in TxLogView log)
    {
        if (MarketLogs.IsAnswer(log))
        {
            chain.Moves.Add(MarketLogs.ReadAnswer(log));
            return;
        }

        if (tables.TryGetOwner(log.Account, out var market))
        {
            if (log.Account == market)
            {
                ReadOfMarket(chain, market, log);
            }

            Touch(chain, market, log);
            return;
        }

        foreach (var known in tables.Markets)
        {
            if (known.Oracle == log.Account)
            {
                chain.Moves.Add(new MarketMove(MoveKind.SetAside, known.Key, default, []));
            }
        }
    }

    private void ReadOfMarket(MarketChain chain, in Address market, in TxLogView log)
    {
        if (!tables.TryGetMarket(market, out var entry) || entry.Form != LendingForm.CompoundV3)
        {
            if (MarketLogs.ReadOfMarket(log) is { } move)
            {
                chain.Moves.Add(move);
            }

            return;
        }

        chain.Moves.Add(new MarketMove(MoveKind.SetAside, market, default, [])); // its events do not state its totals
        if (CompoundLogs.BorrowerOf(log) is { } borrower)
        {
            chain.Moves.Add(new MarketMove(MoveKind.Borrowed, market, borrower, []));
        }
    }

    /// <summary>Any event of a market or its tokens that names an account may have changed it.</summary>
    private void Touch(MarketChain chain, in Address market, in TxLogView log)
    {
        for (int i = 1; i < log.TopicCount; i++)
        {
            if (MarketKey.AddressOf(log.Topic(i)) is { } account && tables.TryGetAccount(MarketKey.Of(market, account), out _))
            {
                chain.Moves.Add(new MarketMove(MoveKind.Touched, market, account, []));
            }
        }
    }
}
