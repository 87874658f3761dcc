using System.Diagnostics.CodeAnalysis;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Changes;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.Diffs;
using Mempulse.Replay.Entries;

namespace Mempulse.Replay.Pool;

/// <summary>Every transaction that the fold holds, in the waiting or the settled list, and the hashes of those that left.</summary>
/// <remarks>Confined to the fold's thread.</remarks>
internal sealed class TxTable
{
    /// <summary>Maximum number of waiting transactions; beyond it the oldest expires.</summary>
    public const int MaxWaiting = 524_288;

    /// <summary>Maximum number of settled transactions kept for their retention; beyond it the oldest leaves early.</summary>
    public const int MaxSettled = 131_072;

    /// <summary>Maximum number of settled transactions remembered by hash alone, so that late duplicates change nothing.</summary>
    public const int MaxSettledHashes = 262_144;

    private const int StateCount = (int)TxState.Left + 1;

    private readonly EntryLedger _ledger;
    private readonly FactChanges _changes;
    private readonly PoolBounds _bounds;
    private readonly EntryTable<Hash256, TxEntry> _txs;
    private readonly EntryTable<Hash256, SettledHash> _settledHashes;
    private readonly ArrivalList<TxEntry> _waiting = new();
    private readonly ArrivalList<TxEntry> _settled = new();
    private readonly ArrivalList<SettledHash> _settledHashOrder = new();
    private readonly TxLists _lists;
    private readonly Stack<TxEntry> _unused = new();
    private readonly int[] _countByState = new int[StateCount];
    private SettledHash? _unusedHash;

    public TxTable(EntryLedger ledger, FactChanges changes, PoolBounds bounds)
    {
        _ledger = ledger;
        _changes = changes;
        _bounds = bounds;
        _txs = new EntryTable<Hash256, TxEntry>(ledger);
        _settledHashes = new EntryTable<Hash256, SettledHash>(ledger);
        _lists = new TxLists(_waiting, _settled, _settledHashOrder);
        ledger.Added(_lists);
    }

    /// <summary>Transactions held.</summary>
    public int Count => _txs.Count;

    /// <summary>The transaction that has waited longest.</summary>
    public TxEntry? OldestWaiting => _waiting.Oldest;

    /// <summary>The transaction that settled first.</summary>
    public TxEntry? OldestSettled => _settled.Oldest;

    /// <summary>The waiting transactions, the oldest first. The table must not change meanwhile.</summary>
    public ArrivalList<TxEntry>.Enumerator Waiting() => _waiting.GetEnumerator();

    /// <summary>The waiting transactions that began to wait after one with this ordinal. The table must not change meanwhile.</summary>
    public ArrivalList<TxEntry>.Enumerator WaitingAfter(ulong ordinal) => _waiting.After(ordinal);

    /// <summary>The waiting transactions that bid for a place in a block, by fee cap.</summary>
    public FeeOrder ByFee { get; } = new();

    public bool IsOverWaiting => _waiting.Count > _bounds.Waiting;

    public bool IsOverSettled => _settled.Count > _bounds.Settled;

    public bool TryFind(in Hash256 hash, [NotNullWhen(true)] out TxEntry? tx) => _txs.TryGet(hash, out tx);

    public bool TryFindSettled(in Hash256 hash, [NotNullWhen(true)] out SettledHash? settled) => _settledHashes.TryGet(hash, out settled);

    /// <summary>Finds a transaction, or null, and touches what the rules will need of it.</summary>
    /// <remarks>
    /// Blocks and batches name transactions that were last used long ago. If all of them are touched first, their cache misses overlap;
    /// the rules, whose steps depend on each other, then find the memory in the cache.
    /// </remarks>
    public TxEntry? Preload(in Hash256 hash)
    {
        if (_txs.TryGet(hash, out var tx))
        {
            Touched ^= tx.ListOrdinal ^ tx.Spread.Sightings ^ (tx.Account is { } account ? AccountTable.Preload(account) : 0);
            return tx;
        }

        Touched ^= _settledHashes.TryGet(hash, out var settled) ? settled.ListOrdinal : 0; // a newcomer is looked up there too
        return null;
    }

    /// <summary>Touches the transactions that settled first, before they leave.</summary>
    /// <param name="isLeaving">True for a transaction that is to leave.</param>
    public void PreloadSettled(Func<TxEntry, bool> isLeaving)
    {
        foreach (var tx in _settled)
        {
            if (!isLeaving(tx))
            {
                return;
            }

            _ = Preload(tx.Hash);
            Touched ^= _settledHashes.TryGet(tx.Hash, out _) ? 1UL : 0; // where it will be remembered
        }
    }

    /// <summary>Made of everything that was touched, so that no compiler drops the reads. It means nothing.</summary>
    public ulong Touched { get; private set; }

    public int CountOf(TxState state) => _countByState[(int)state];

    /// <summary>Status of a transaction, also of one that left recently.</summary>
    public TxState StateOf(in Hash256 hash) =>
        TryFind(hash, out var tx) ? tx.State
        : TryFindSettled(hash, out var settled) ? settled.State
        : TxState.Unknown;

    /// <summary>Records that a transaction is about to change.</summary>
    public void Changing(TxEntry tx) => _ledger.Changing(tx);

    /// <summary>Counts a state change and adds it to the change feed. Unknown is not counted.</summary>
    public void Moved(TxEntry tx, TxState from, TxState to)
    {
        Tally(from, -1);
        Tally(to, 1);
        _changes.Moved(tx.Hash, from, to);
    }

    /// <summary>Adds a transaction that is not held. It is in no list yet, and not counted.</summary>
    public TxEntry Admit(in Hash256 hash, UnixNanoseconds at)
    {
        if (_unused.TryPop(out var tx))
        {
            tx.Reuse(hash);
        }
        else
        {
            tx = new TxEntry(hash);
        }

        tx.FirstAt = at;
        _txs.Add(tx);
        return tx;
    }

    /// <summary>Starts or restarts a transaction's wait.</summary>
    /// <param name="tx">The transaction, in no list.</param>
    /// <param name="since">Block time, in seconds.</param>
    public void BeginWait(TxEntry tx, ulong since)
    {
        ChangingLists(tx);
        tx.WaitsSince = since;
        _waiting.Append(tx);
        if (tx.IsBidding)
        {
            ByFee.Add(tx);
        }
    }

    /// <summary>Adds the body of a transaction that has none.</summary>
    public void SetBody(TxEntry tx, in TxBody body)
    {
        Changing(tx);
        tx.SetBody(body);
        if (tx.IsBidding && IsInWaiting(tx))
        {
            ByFee.Add(tx);
        }
    }

    /// <summary>Records that a waiting transaction has left every source, or that one has it again.</summary>
    public void SetLeft(TxEntry tx, bool isLeft)
    {
        Changing(tx);
        if (isLeft && tx.IsBidding)
        {
            ByFee.Remove(tx);
        }

        bool wasLeft = tx.IsLeft;
        tx.Leavings!.IsComplete = isLeft;
        if (wasLeft && tx.IsBidding)
        {
            ByFee.Add(tx);
        }
    }

    /// <summary>Adds a transaction that has just settled to the settled list.</summary>
    /// <param name="tx">The transaction, in no list.</param>
    /// <param name="height">Height of the head.</param>
    public void BeginRetention(TxEntry tx, ulong height)
    {
        ChangingLists(tx);
        tx.SettledAt = height;
        _settled.Append(tx);
    }

    /// <summary>Removes a transaction from its list, if it is in one.</summary>
    public void Unlist(TxEntry tx)
    {
        if (tx.ListOrdinal != 0)
        {
            ChangingLists(tx);
            if (tx.IsBidding && IsInWaiting(tx))
            {
                ByFee.Remove(tx);
            }

            (tx.IsWaiting ? _waiting : _settled).Remove(tx);
        }
    }

    /// <summary>Removes a settled transaction and remembers its hash.</summary>
    public void Leave(TxEntry tx)
    {
        var state = tx.State;
        Unlist(tx);
        _txs.Remove(tx);
        Tally(state, -1);
        _changes.Gone(tx.Hash);
        if (!tx.IsAbandoned)
        {
            RememberSettled(tx.Hash, state);
        }

        if (!_ledger.IsFrozen)
        {
            _unused.Push(tx);
        }
    }

    /// <summary>Forgets the hash of a settled transaction that a block brought back.</summary>
    public void ForgetSettled(SettledHash settled)
    {
        _ledger.Changing(_lists);
        _settledHashes.Remove(settled);
        _settledHashOrder.Remove(settled);
        _unusedHash = _ledger.IsFrozen ? null : settled;
    }

    /// <summary>Marks the settled transactions as those of a chain that was abandoned, and forgets the hashes of those that left.</summary>
    /// <remarks>The new chain may include any of them again. <see cref="SettledAt"/> starts their retention again with its first block.</remarks>
    /// <returns>The accounts in which a confirmed transaction held its nonce, which it no longer does, in the order of settling.</returns>
    public List<AccountEntry> AbandonSettled()
    {
        List<AccountEntry> released = [];
        foreach (var tx in _settled)
        {
            _ledger.Changing(tx);
        }

        foreach (var tx in _settled)
        {
            if (tx.Block is { } block)
            {
                block.IsAbandoned = true;
                if (tx.Account!.Slots.Release(tx))
                {
                    released.Add(tx.Account);
                }
            }
        }

        while (_settledHashOrder.Oldest is { } oldest)
        {
            ForgetSettled(oldest);
        }

        return released;
    }

    /// <summary>Makes every settled transaction one that settled at this height.</summary>
    public void SettledAt(ulong height)
    {
        foreach (var tx in _settled)
        {
            _ledger.Changing(tx);
            tx.SettledAt = height;
        }
    }

    /// <summary>Every transaction and its status, in ascending order of hash.</summary>
    public IReadOnlyList<TxStanding> Standings() => [.. _txs.SortedByKey().Select(static tx => new TxStanding(tx.Hash, tx.State))];

    public void Save(CheckpointWriter writer)
    {
        writer.Save(_lists);
        writer.Save(_txs);
        writer.Save(_settledHashes);
    }

    /// <summary>Restores the transactions; accounts and blocks must be restored before.</summary>
    public void Restore(ref CheckpointReader reader, TxEntryDecoder decoder)
    {
        reader.Values.Expect(PoolTags.TxLists);
        var (waiting, settled, hashes) = (reader.Values.ReadUInt64(), reader.Values.ReadUInt64(), reader.Values.ReadUInt64());
        reader.Restore(_txs, decoder.Decode);
        reader.Restore(_settledHashes, SettledHash.Decode);
        var listed = _txs.SortedByKey().Where(static tx => tx.ListOrdinal != 0).ToLookup(static tx => tx.IsWaiting);
        _waiting.Restore(listed[true], waiting);
        foreach (var tx in listed[true].Where(static tx => tx.IsBidding))
        {
            ByFee.Add(tx);
        }

        _settled.Restore(listed[false], settled);
        _settledHashOrder.Restore(_settledHashes.SortedByKey(), hashes);
    }

    /// <summary>Counts the transactions by state, once the accounts know which of them are ready.</summary>
    public void RestoreCounts()
    {
        foreach (var tx in _txs.SortedByKey())
        {
            Tally(tx.State, 1);
        }
    }

    /// <summary>Checks the invariants of transactions and their lists. Walks all of them.</summary>
    /// <exception cref="InvariantBrokenException">An invariant is broken.</exception>
    public void AssertInvariants()
    {
        Span<int> counts = stackalloc int[StateCount];
        counts.Clear();
        foreach (var tx in _txs.SortedByKey())
        {
            counts[(int)tx.State]++;
            Invariant.That(!tx.IsWaiting || tx.Account is null || tx.HoldsNonce, "INV-51", "every waiting transaction with a sender holds its nonce");
            Invariant.That(tx.Block is null || tx.Outcome == TxOutcome.Open, "INV-52", "no transaction is both in a block and replaced or expired");
            Invariant.That(tx.Block is not null || tx.Execution == ExecutionOutcome.Unknown, "INV-99", "only a transaction in a block has an outcome of its execution");
            Invariant.That((tx.ListOrdinal == 0) == (tx.State == TxState.Included), "INV-54", "every transaction but an included one is in the waiting or the settled list");
            Invariant.That(tx.IsWaiting || tx.Leavings is null, "INV-103", "only waiting transactions leave sources");
            Invariant.That(!_settledHashes.TryGet(tx.Hash, out _), "INV-55", "no transaction is both held and remembered as settled");
        }

        ByFee.AssertHolds(_txs.SortedByKey().Where(static tx => IsInWaiting(tx) && tx.IsBidding));
        Invariant.That(counts.SequenceEqual(_countByState), "INV-56", "the counts by state are what counting makes them");
        Invariant.That(
            _waiting.Count == CountOf(TxState.Seen) + CountOf(TxState.Pending) + CountOf(TxState.Queued) + CountOf(TxState.Left) && _waiting.Count <= _bounds.Waiting,
            "INV-58",
            "the waiting list holds seen, pending, queued and left transactions, within its bound");
        Invariant.That(
            _settledHashes.Count == _settledHashOrder.Count && _settledHashes.Count <= _bounds.SettledHashes && _settled.Count <= _bounds.Settled,
            "INV-41",
            "what is kept of settled transactions stays within its bounds");
    }

    /// <summary>Every transaction, in ascending order of hash.</summary>
    public IReadOnlyList<TxEntry> Sorted() => _txs.SortedByKey();

    private static bool IsInWaiting(TxEntry tx) => tx.IsWaiting && tx.ListOrdinal != 0;

    private void Tally(TxState state, int change)
    {
        _countByState[(int)state] += change;
        _countByState[(int)TxState.Unknown] = 0;
    }

    private void ChangingLists(TxEntry tx)
    {
        _ledger.Changing(tx);
        _ledger.Changing(_lists);
    }

    private void RememberSettled(in Hash256 hash, TxState state)
    {
        if (_settledHashOrder.Count == _bounds.SettledHashes)
        {
            ForgetSettled(_settledHashOrder.Oldest!);
        }

        var settled = _unusedHash ?? new SettledHash();
        _unusedHash = null;
        settled.Begin(hash, state);
        _ledger.Changing(_lists);
        _settledHashes.Add(settled);
        _settledHashOrder.Append(settled);
    }
}
