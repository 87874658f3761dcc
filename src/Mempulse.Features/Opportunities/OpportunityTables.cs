using System.Diagnostics.CodeAnalysis;
using Mempulse.Features.Book;
using Mempulse.Features.Scoring;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.Entries;

namespace Mempulse.Features.Opportunities;

/// <summary>The triggers, their opportunities, and which pools they use. Confined to the fold's thread.</summary>
internal sealed class OpportunityTables
{
    private readonly EntryLedger _ledger;
    private readonly OppBounds _bounds;
    private readonly EntryTable<Hash256, TriggerEntry> _triggers;
    private readonly EntryTable<Hash256, OppEntry> _opps;
    private readonly ArrivalList<OppEntry> _open = new();
    private readonly ArrivalList<OppEntry> _closed = new();
    private readonly PoolUse _use = new();
    private readonly SortedDictionary<Hash256, TriggerEntry> _incomplete = [];
    private OppTotals? _totals; // null while they are zero: a log without trades has the digest of one without this derivation
    private readonly HandOn?[] _handOn = new HandOn?[(int)OppPurpose.Advice + 1]; // by purpose
    private long _calldataBytes;

    public OpportunityTables(EntryLedger ledger, OppBounds bounds)
    {
        (_ledger, _bounds) = (ledger, bounds);
        _triggers = new EntryTable<Hash256, TriggerEntry>(ledger);
        _opps = new EntryTable<Hash256, OppEntry>(ledger);
    }

    /// <summary>Number of triggers.</summary>
    public int TriggerCount => _triggers.Count;

    /// <summary>Number of opportunities that hold.</summary>
    public int OpenCount => _open.Count;

    /// <summary>Opportunities that hold, in the order in which they began to.</summary>
    public ArrivalList<OppEntry> Open => _open;

    /// <summary>How many there are, and what was left out.</summary>
    public OpportunityCounts Counts() => new()
    {
        Open = _open.Count,
        Closed = _closed.Count,
        Triggers = _triggers.Count,
        Detected = _totals?.Detected ?? 0,
        HandedOn = _totals?.HandedOn ?? 0,
        RankedBelow = _totals?.RankedBelow ?? 0,
        NotSimulable = _totals?.NotSimulable ?? 0,
        LeftOut = _totals?.LeftOut ?? 0,
        NotKept = _totals?.NotKept ?? 0,
        NotFollowed = _totals?.NotFollowed ?? 0,
        NotLookedAtAgain = _totals?.NotLookedAtAgain ?? 0,
        Forgotten = _totals?.Forgotten ?? 0,
        ThirdTokensLeftOut = _totals?.ThirdTokensLeftOut ?? 0,
    };

    public bool TryGetTrigger(in Hash256 tx, [NotNullWhen(true)] out TriggerEntry? trigger) => _triggers.TryGet(tx, out trigger);

    public bool TryGetOpp(in Hash256 id, [NotNullWhen(true)] out OppEntry? opp) => _opps.TryGet(id, out opp);

    public IReadOnlyList<OppEntry> AllOpps() => _opps.SortedByKey();

    /// <summary>The triggers that use a pool; their order says nothing.</summary>
    public IEnumerable<Hash256> TriggersOf(in PoolKey pool) => _use.TriggersOf(pool);

    /// <summary>The triggers with a swap whose effect on the book is not known, in the order of their hashes.</summary>
    public IEnumerable<TriggerEntry> Incomplete => _incomplete.Values;

    /// <summary>Changes what was counted.</summary>
    public void Count(Action<OppTotals> change)
    {
        if (_totals is null)
        {
            _totals = new OppTotals();
            _ledger.Added(_totals);
        }

        _ledger.Changing(_totals);
        change(_totals);
    }

    /// <summary>Follows a trigger.</summary>
    /// <returns>False if there is no room for it, which is counted.</returns>
    public bool TryFollow(TriggerEntry trigger)
    {
        if (_triggers.Count >= _bounds.Triggers || _calldataBytes + trigger.Calldata.Length > _bounds.TriggerBytes)
        {
            Count(static totals => totals.NotFollowed++);
            return false;
        }

        _triggers.Add(trigger);
        _calldataBytes += trigger.Calldata.Length;
        Attach(trigger);
        return true;
    }

    /// <summary>Notes what a trigger names now.</summary>
    public void Note(TriggerEntry trigger, PoolKey[] pools, Address[] tokens, bool isComplete)
    {
        if (isComplete != trigger.IsComplete || !pools.AsSpan().SequenceEqual(trigger.Pools) || !tokens.AsSpan().SequenceEqual(trigger.Tokens))
        {
            _triggers.Changing(trigger);
            Detach(trigger);
            trigger.Take(pools, tokens, isComplete);
            Attach(trigger);
        }
    }

    /// <summary>Forgets a trigger and its opportunities.</summary>
    public void Release(TriggerEntry trigger)
    {
        foreach (var opp in trigger.Opps.ToArray())
        {
            Forget(trigger, opp);
        }

        Detach(trigger);
        _calldataBytes -= trigger.Calldata.Length;
        _triggers.Remove(trigger);
    }

    /// <summary>True if one more opportunity may hold.</summary>
    public bool HasRoom => _open.Count < _bounds.Open;

    /// <summary>Notes what was found of a trigger and not kept, and counts what was not found before.</summary>
    /// <param name="trigger">The trigger.</param>
    /// <param name="finds">What was found, each by <see cref="OppId.OfFind"/>.</param>
    public void NoteNotKept(TriggerEntry trigger, List<Hash256> finds)
    {
        if (finds.SequenceEqual(trigger.NotKept))
        {
            return;
        }

        int news = finds.Count(find => !trigger.NotKept.Contains(find));
        if (news > 0)
        {
            Count(totals => totals.NotKept += (ulong)news);
        }

        _triggers.Changing(trigger);
        trigger.NotKept = [.. finds];
    }

    /// <summary>Adds an opportunity that holds.</summary>
    public void Add(TriggerEntry trigger, OppEntry opp)
    {
        _open.Append(opp);
        Attach(trigger, opp);
        _opps.Add(opp);
        Count(static totals => totals.Detected++);
    }

    /// <summary>Ends an opportunity that holds. It is kept for a reorg to reopen it.</summary>
    public void Close(OppEntry opp, OppEnd end, Hash256? by)
    {
        _opps.Changing(opp);
        _open.Remove(opp);
        _closed.Append(opp);
        (opp.End, opp.By) = (end, by ?? default);
        if (_closed.Count > _bounds.Closed)
        {
            var first = _closed.Oldest!;
            Count(static totals => totals.Forgotten++);
            _triggers.TryGet(first.Detected.Trigger, out var trigger);
            Forget(trigger!, first);
        }
    }

    /// <summary>Lets an opportunity hold again.</summary>
    public void Reopen(OppEntry opp, bool isHandedOn, OppObstacle obstacle)
    {
        _opps.Changing(opp);
        _closed.Remove(opp);
        _open.Append(opp);
        (opp.End, opp.By, opp.IsHandedOn, opp.Obstacle) = (OppEnd.None, default, isHandedOn, obstacle);
    }

    /// <summary>Forgets the opportunities that no reorg can reopen: those that no longer hold and have a final base.</summary>
    public void DropFinal(BlockNumber final)
    {
        List<OppEntry>? dropped = null;
        foreach (var opp in _closed)
        {
            if (opp.Detected.BaseNumber <= final)
            {
                (dropped ??= []).Add(opp);
            }
        }

        foreach (var opp in dropped ?? [])
        {
            _triggers.TryGet(opp.Detected.Trigger, out var trigger);
            Forget(trigger!, opp);
        }
    }

    /// <summary>Ranks an opportunity among those of a head with its purpose.</summary>
    /// <returns>True if it is handed on to simulation.</returns>
    public bool HandOn(in Hash256 head, OppPurpose purpose, in OppRank rank, HandOnBudget budget, out int above)
    {
        if (_handOn[(int)purpose] is { } entry && entry.Head == head)
        {
            _ledger.Changing(entry);
        }
        else
        {
            if (_handOn[(int)purpose] is { } before)
            {
                _ledger.Remove(before);
            }

            entry = _handOn[(int)purpose] = new HandOn(head, purpose);
            _ledger.Added(entry);
        }

        bool isHandedOn = entry.TryTake(rank, budget, out above);
        Count(isHandedOn ? static totals => totals.HandedOn++ : static totals => totals.RankedBelow++);
        return isHandedOn;
    }

    public void Save(CheckpointWriter writer)
    {
        writer.Values.Write(_open.LastOrdinal);
        writer.Values.Write(_closed.LastOrdinal);
        writer.SaveAll(_totals is null ? [] : [_totals]);
        writer.SaveAll([.. _handOn.OfType<HandOn>()]);
        writer.Save(_triggers);
        writer.Save(_opps);
    }

    public void Restore(ref CheckpointReader reader)
    {
        ref var values = ref reader.Values;
        var (lastOpen, lastClosed) = (values.ReadUInt64(), values.ReadUInt64());
        _totals = ReadSingle(ref values, OppTotals.Decode);
        for (int left = values.ReadCount(); left > 0; left--)
        {
            var handOn = Opportunities.HandOn.Decode(ref values);
            if (_handOn[(int)handOn.Purpose] is not null)
            {
                throw values.Malformed("a single entry is there twice");
            }

            _handOn[(int)handOn.Purpose] = handOn;
            _ledger.Added(handOn);
        }

        reader.Restore(_triggers, TriggerEntry.Decode);
        reader.Restore(_opps, OppEntry.Decode);
        foreach (var trigger in _triggers.SortedByKey())
        {
            _calldataBytes += trigger.Calldata.Length;
            Attach(trigger);
        }

        var opps = _opps.SortedByKey();
        foreach (var opp in opps)
        {
            if (!_triggers.TryGet(opp.Detected.Trigger, out var trigger) || opp.ListOrdinal == 0 || opp.ListOrdinal > (opp.IsOpen ? lastOpen : lastClosed))
            {
                throw values.Malformed($"opportunity {opp.Key} has no trigger or no place in its list");
            }

            Attach(trigger, opp);
        }

        _open.Restore(opps.Where(static opp => opp.IsOpen), lastOpen);
        _closed.Restore(opps.Where(static opp => !opp.IsOpen), lastClosed);
    }

    public void AssertInvariants()
    {
        var (triggers, opps) = (_triggers.SortedByKey(), _opps.SortedByKey());
        Invariant.That(
            triggers.Count <= _bounds.Triggers && _calldataBytes <= _bounds.TriggerBytes && _calldataBytes == triggers.Sum(static trigger => (long)trigger.Calldata.Length),
            "INV-120",
            "the triggers and their calldata are within their bounds");
        Invariant.That(_open.Count <= _bounds.Open && _closed.Count <= _bounds.Closed && _open.Count + _closed.Count == opps.Count, "INV-121", "every opportunity is in one list, within its bound");
        Invariant.That(
            triggers.Sum(static trigger => trigger.Opps.Count) == opps.Count && opps.All(opp => _triggers.TryGet(opp.Detected.Trigger, out var trigger) && trigger.Opps.Contains(opp)),
            "INV-122",
            "every opportunity belongs to a trigger that is followed");
        Invariant.That(!opps.Any(static opp => opp.IsHandedOn && opp.Obstacle != OppObstacle.None), "INV-123", "only what can be simulated is handed on");
    }

    private void Attach(TriggerEntry trigger)
    {
        _use.Add(trigger);
        if (!trigger.IsComplete)
        {
            _incomplete.Add(trigger.Key, trigger);
        }
    }

    private void Detach(TriggerEntry trigger)
    {
        _use.Remove(trigger);
        _incomplete.Remove(trigger.Key);
    }

    private void Attach(TriggerEntry trigger, OppEntry opp)
    {
        trigger.Add(opp);
        _use.Add(opp);
    }

    private void Forget(TriggerEntry trigger, OppEntry opp)
    {
        trigger.Remove(opp);
        _use.Remove(opp);
        _opps.Remove(opp);
        (opp.IsOpen ? _open : _closed).Remove(opp);
    }

    private T? ReadSingle<T>(ref EntryReader values, EntryDecoder<T> decode)
        where T : StateEntry
    {
        T? entry = null;
        for (int left = values.ReadCount(); left > 0; left--)
        {
            if (entry is not null)
            {
                throw values.Malformed("a single entry is there twice");
            }

            entry = decode(ref values);
            _ledger.Added(entry);
        }

        return entry;
    }
}
