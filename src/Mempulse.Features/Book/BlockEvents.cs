using Mempulse.Features.Registry;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Derivations;

namespace Mempulse.Features.Book;

/// <summary>Applies the events of a whole block to the pools, and notes what they show about tokens.</summary>
internal sealed class BlockEvents(BookPools pools, BookPairs pairs, BookTokens tokens)
{
    private readonly List<MovedState> _moved = []; // in the order of their first event
    private readonly TxTransfers _transfers = new();
    private readonly List<PairEntry> _traded = [];
    private readonly List<Address> _created = [];
    private readonly SortedSet<Address> _judged = [];

    /// <summary>Begins a block.</summary>
    public void Begin()
    {
        _moved.Clear();
        _transfers.Begin(default);
    }

    /// <summary>Takes the receipts of the block, or those of the next part of it.</summary>
    /// <param name="view">The receipts.</param>
    /// <param name="rules">What is known of the chain.</param>
    /// <param name="derived">Receives what is derived.</param>
    public void Take(in ReceiptsView view, BookRules rules, DerivedEvents derived)
    {
        foreach (var receipt in view)
        {
            if (receipt.Tx != _transfers.Tx) // otherwise the part before began it
            {
                _transfers.Begin(receipt.Tx);
            }

            foreach (var log in receipt)
            {
                if (log.TopicCount > 0)
                {
                    Take(log, PoolLogs.KindOf(log.Topic(0)), view, rules, derived);
                }
            }
        }
    }

    /// <summary>Ends the block: all pools move at once, and those of tokens that are not exact leave.</summary>
    /// <param name="number">The height of the block.</param>
    /// <param name="final">The highest height that no reorg can undo.</param>
    /// <param name="universe">Where pools can be.</param>
    public void End(BlockNumber number, BlockNumber? final, PoolUniverse universe)
    {
        foreach (var moved in _moved)
        {
            var (pool, state) = (moved.Pool, moved.State);
            pool.Moving = null;
            if (state is null)
            {
                pools.Change(pool, aside => aside.SetAside(number));
            }
            else if (state != pool.State)
            {
                pools.Change(pool, changed => changed.Move(state, number, final));
            }
        }

        // Pairs may be evicted only now: earlier, a pool that moves might have been among them.
        _traded.ForEach(pair => pairs.Trade(pair, number));
        _created.ForEach(contract => pairs.Revive(contract, universe, number));
        foreach (var token in _judged)
        {
            pairs.Leave(token);
        }

        _moved.Clear();
        _traded.Clear();
        _created.Clear();
        _judged.Clear();
    }

    private void Take(in TxLogView log, PoolLogKind kind, in ReceiptsView view, BookRules rules, DerivedEvents derived)
    {
        if (kind == PoolLogKind.Transfer)
        {
            _transfers.Add(log);
            return;
        }

        if (kind == PoolLogKind.Harmless)
        {
            return;
        }

        if (!pools.TryGet(PoolKey.Of(log.Account), out var pool))
        {
            if (kind is not (PoolLogKind.Unknown or PoolLogKind.PairSwap))
            {
                _created.Add(log.Account);
            }

            return;
        }

        switch (kind)
        {
            case PoolLogKind.Unknown:
                if (!pool.HasUnknownLog)
                {
                    pools.Change(pool, static changed => changed.HasUnknownLog = true);
                }

                break;
            case PoolLogKind.PairSwap:
                JudgePaid(pool, log, PaidByPair(log), view, rules, derived);
                break;
            default:
                Move(pool, kind, log, view, rules, derived);
                break;
        }
    }

    private void Move(PoolEntry pool, PoolLogKind kind, in TxLogView log, in ReceiptsView view, BookRules rules, DerivedEvents derived)
    {
        if (pool.Standing != PoolStanding.Held)
        {
            _traded.Add(pool.Pair!); // its state is to be read, but a block uses it
            return;
        }

        if (pool.Moving is not { } moved)
        {
            moved = pool.Moving = new MovedState(pool);
            _moved.Add(moved);
            _traded.Add(pool.Pair!);
        }

        if (moved.State is not { } before)
        {
            return;
        }

        moved.State = log.OmittedBytes == 0 ? PoolLogs.Apply(before, kind, log) : null;
        if (kind == PoolLogKind.Sync && (before, moved.State) is (PairState had, PairState has))
        {
            JudgeKept(pool, had, has, view, rules, derived);
            _transfers.Synced(pool.Key.Contract);
        }
        else if (kind == PoolLogKind.Swap && moved.State is not null)
        {
            JudgePaid(pool, log, PaidByTicks(log), view, rules, derived);
        }
    }

    /// <summary>What a pair of the deployed code gave, of each token; its event names who received it.</summary>
    private static (UInt256 Low, UInt256 High) PaidByPair(in TxLogView log) =>
        log.Data.Length == 4 * UInt256.Size ? (PoolLogs.Word(log, 2), PoolLogs.Word(log, 3)) : default;

    /// <summary>What a pool of ticks gave: amounts that leave it are negative.</summary>
    private static (UInt256 Low, UInt256 High) PaidByTicks(in TxLogView log) => (Given(PoolLogs.Word(log, 0)), Given(PoolLogs.Word(log, 1)));

    private static UInt256 Given(in UInt256 change)
    {
        if (change.BitLength < WordField.WordBits)
        {
            return UInt256.Zero;
        }

        UInt256.NegateWrapping(change, out var given);
        return given;
    }

    private void JudgeKept(PoolEntry pool, PairState had, PairState has, in ReceiptsView view, BookRules rules, DerivedEvents derived)
    {
        var (contract, pair) = (pool.Key.Contract, pool.Descriptor.Tokens);
        if (_transfers.IsShort(contract, pair.Low, had.Reserve0, has.Reserve0, out bool hasMoved))
        {
            Doubt(pair.Low, hasMoved ? TokenConduct.KeepsShare : TokenConduct.Rebases, view, rules, derived);
        }

        if (_transfers.IsShort(contract, pair.High, had.Reserve1, has.Reserve1, out hasMoved))
        {
            Doubt(pair.High, hasMoved ? TokenConduct.KeepsShare : TokenConduct.Rebases, view, rules, derived);
        }
    }

    private void JudgePaid(PoolEntry pool, in TxLogView log, (UInt256 Low, UInt256 High) paid, in ReceiptsView view, BookRules rules, DerivedEvents derived)
    {
        if (log.TopicCount != 3)
        {
            return;
        }

        var (contract, pair, receiver) = (pool.Key.Contract, pool.Descriptor.Tokens, TokenTransfer.AccountOf(log.Topic(2)));
        if (!paid.Low.IsZero && _transfers.IsUnpaid(contract, pair.Low, receiver, paid.Low))
        {
            Doubt(pair.Low, TokenConduct.KeepsShare, view, rules, derived);
        }

        if (!paid.High.IsZero && _transfers.IsUnpaid(contract, pair.High, receiver, paid.High))
        {
            Doubt(pair.High, TokenConduct.KeepsShare, view, rules, derived);
        }
    }

    private void Doubt(in Address token, TokenConduct conduct, in ReceiptsView view, BookRules rules, DerivedEvents derived)
    {
        if (!rules.IsVouchedFor(token) && tokens.Doubt(token, new TokenEvidence(_transfers.Tx, view.Number, conduct), view.Block, derived))
        {
            _judged.Add(token);
        }
    }
}
