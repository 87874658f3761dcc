using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Mempulse.Features.Book;
using Mempulse.Features.Registry;
using Mempulse.Features.Strategies;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Changes;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.Derivations;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Views;

namespace Mempulse.Features.Opportunities;

/// <summary>Finds what can be done about pending transactions, and follows it until it no longer holds.</summary>
/// <remarks>
/// <para>A pending transaction whose swaps name pools is a trigger. The strategies look at it when it becomes ready, and again when a pool comes or changes
/// that its swaps or its opportunities use. What they find has an id from its content, so the same find on the same base is the same opportunity: if it was closed,
/// it is reopened. This is how a reorg that restores base and trigger restores opportunities. Earlier transactions of the trigger's sender run before it, so what they
/// do to the pools is applied first; when another one comes before a trigger, what was found without it ends.</para>
/// <para>Bounded by <see cref="OppBounds"/>; what is beyond is counted.</para>
/// </remarks>
internal sealed class OpportunityFold : IDerivation, IOpportunityView
{
    /// <summary>Incremented whenever what is derived or digested changes.</summary>
    public const string CurrentRuleVersion = "opportunities/5";

    private readonly OpportunityRules _rules;
    private readonly OpportunityTables _tables;
    private readonly OpportunityLives _lives;
    private readonly DueTriggers _due;
    private OpportunitySearch? _search;

    /// <summary>A derivation that holds nothing yet.</summary>
    /// <param name="rules">What it runs, and the views of derivations before it.</param>
    public OpportunityFold(OpportunityRules rules)
    {
        _rules = rules;
        _tables = new OpportunityTables(Ledger, rules.Bounds);
        _lives = new OpportunityLives(rules, _tables);
        _due = new DueTriggers(_tables, rules.Book);
    }

    /// <inheritdoc/>
    public string RuleVersion => CurrentRuleVersion;

    /// <inheritdoc/>
    public EntryLedger Ledger { get; } = new(new TagRange(0x40, 0x45));

    /// <inheritdoc/>
    public IReadOnlyList<string> Strategies => [.. _rules.Strategies.InForce.Select(static strategy => $"{strategy.Id}/{strategy.Version}")];

    /// <inheritdoc/>
    public OpportunityCounts Counts => _tables.Counts();

    /// <inheritdoc/>
    public bool TryGet(in Hash256 id, [NotNullWhen(true)] out Opportunity? opportunity)
    {
        opportunity = _tables.TryGetOpp(id, out var opp) ? opp.ToView() : null;
        return opportunity is not null;
    }

    /// <inheritdoc/>
    public IReadOnlyList<Opportunity> OfTx(in Hash256 tx) => _tables.TryGetTrigger(tx, out var trigger) ? Ranked(trigger.Opps, int.MaxValue) : [];

    /// <inheritdoc/>
    public IReadOnlyList<Opportunity> List(OpportunityQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Ranked(
            _tables.AllOpps().Where(opp =>
                (query.Status is not { } status || opp.ToView().Status == status)
                && (query.Strategy is not { } strategy || opp.Detected.Strategy == strategy)
                && (query.MinScore is not { } least || opp.Detected.Score >= least)),
            Math.Min(query.Limit, OpportunityQuery.MaxLimit));
    }

    /// <inheritdoc/>
    public IReadOnlyList<Opportunity> ToSimulate(int most) =>
        _tables.OpenCount == 0 ? [] : Ranked(_tables.AllOpps().Where(static opp => opp is { IsOpen: true, IsHandedOn: true, Simulation: null }), most);

    /// <inheritdoc/>
    public void Derive(in Fact fact, IMempoolView pool, FactChanges changes, DerivedEvents derived)
    {
        if (_rules.Rules.Registry?.Registry is not { } registry)
        {
            return;
        }

        _search ??= new OpportunitySearch(_rules, pool);
        _due.Clear();
        if (_tables.TriggerCount > 0)
        {
            foreach (var transition in changes.Transitions)
            {
                Follow(transition.Tx, pool, derived);
            }

            LeaveBases(changes.BlocksUndone, derived);
            MovePools(pool, derived);
        }

        if (fact.Kind == LogEvent.TxDecoded.KindNumber)
        {
            Hold(fact, pool, registry);
            AddDueBehind(fact.Record.TxKey, pool);
        }
        else if (fact.Kind == LogEvent.SimCompleted.KindNumber && fact.Event is LogEvent.SimCompleted { Opportunity: { } simulated } completed && _tables.TryGetOpp(simulated, out var opp))
        {
            Ledger.Changing(opp);
            opp.Simulation = new OppSimulation(completed.Sim, completed.Category, completed.Profit, completed.GasUsed, completed.IsVerified);
        }

        LookAtDue(pool, registry, derived);
        if (_tables.TriggerCount > 0)
        {
            Age(pool, changes, derived);
            Leave(changes, derived);
        }
    }

    /// <inheritdoc/>
    public void Save(CheckpointWriter writer) => _tables.Save(writer);

    /// <inheritdoc/>
    public void Restore(ref CheckpointReader reader) => _tables.Restore(ref reader);

    /// <inheritdoc/>
    public void AssertInvariants() => _tables.AssertInvariants();

    /// <summary>A trigger changed its state: its opportunities end, or the strategies look at it again.</summary>
    private void Follow(in Hash256 tx, IMempoolView pool, DerivedEvents derived)
    {
        if (!_tables.TryGetTrigger(tx, out var trigger))
        {
            return;
        }

        var state = pool.StateOf(tx);
        if (state == TxState.Pending)
        {
            _due.Add(tx);
            return;
        }

        var (end, by) = TriggerEnd.Of(tx, state, pool);
        _lives.EndAll(trigger, end, by, derived);
    }

    private void LeaveBases(ReadOnlySpan<ChainBlock> undone, DerivedEvents derived)
    {
        if (undone.IsEmpty)
        {
            return;
        }

        foreach (var opp in OpenNow())
        {
            foreach (var block in undone)
            {
                if (block.Hash == opp.Detected.Base)
                {
                    _lives.End(opp, OppEnd.BaseLeft, block.Hash, derived);
                    _due.Add(opp.Detected.Trigger);
                    break;
                }
            }
        }
    }

    /// <summary>Opportunities of moved pools end, and the strategies look again at every trigger that uses one of them.</summary>
    private void MovePools(IMempoolView pool, DerivedEvents derived)
    {
        foreach (var key in _rules.Book.Changed)
        {
            _due.AddMoved(key);
        }

        foreach (var key in _rules.Markets.Changed)
        {
            _due.AddUsersOf(key);
        }

        if (_rules.Book.Changed.Count > 0 || _rules.Markets.Changed.Count > 0)
        {
            EndMoved(pool, derived);
        }
    }

    private void EndMoved(IMempoolView pool, DerivedEvents derived)
    {
        foreach (var tx in _due)
        {
            _tables.TryGetTrigger(tx, out var trigger);
            foreach (var opp in trigger!.Opps.ToArray())
            {
                if (opp.IsOpen && MovedPools.EndOf(opp, _rules, _tables, pool) is var (end, by))
                {
                    _lives.End(opp, end, by, derived);
                }
            }
        }
    }

    /// <summary>The transactions behind a new one run after it now. Further behind than a simulation reaches nothing is handed on.</summary>
    private void AddDueBehind(in Hash256 tx, IMempoolView pool)
    {
        if (_tables.TriggerCount == 0)
        {
            return;
        }

        Span<Hash256> behind = stackalloc Hash256[_rules.Bounds.Before]; // 8 of 32 bytes
        foreach (var other in behind[..pool.WaitsBehind(tx, behind)])
        {
            if (_tables.TryGetTrigger(other, out _))
            {
                _due.Add(other);
            }
        }
    }

    private void Hold(in Fact fact, IMempoolView pool, ContractRegistry registry)
    {
        if ((_rules.Pending.Of(fact, pool).Count == 0 && !MarketReports.IsOne(fact, pool, _rules.Pending, _rules.Markets)) || _tables.TryGetTrigger(fact.Record.TxKey, out _) || pool.StateOf(fact.Record.TxKey) is not (TxState.Pending or TxState.Queued))
        {
            return;
        }

        var call = _rules.Pending.CallOf(fact, pool);
        var trigger = new TriggerEntry(fact.Record.TxKey, call.Sender, call.Target ?? default, call.Value, _rules.Pending.CalldataOf(fact, pool));
        var trade = _search!.Read(registry, trigger);
        trigger.Take(PoolsOf(trade), TokensOf(trade), trade.UnknownSwaps == 0);
        if ((trigger.Pools.Length > 0 || trigger.Tokens.Length > 0) && _tables.TryFollow(trigger))
        {
            _due.Add(trigger.Key);
        }
    }

    private void LookAtDue(IMempoolView pool, ContractRegistry registry, DerivedEvents derived)
    {
        if (_rules.Book.Head is null && _rules.Markets.Head is null)
        {
            return;
        }

        int looks = 0;
        int reports = 0;
        foreach (var tx in _due)
        {
            if (pool.StateOf(tx) != TxState.Pending)
            {
                continue;
            }

            _tables.TryGetTrigger(tx, out var trigger);
            bool isReport = MarketReports.IsOne(trigger!.Target, trigger.Calldata.Span, _rules.Markets);
            if (looks >= _rules.Bounds.LooksOfOneFact || (isReport && reports >= _rules.Bounds.ReportsOfOneFact))
            {
                _tables.Count(static totals => totals.NotLookedAtAgain++);
                continue;
            }

            (looks, reports) = (looks + 1, reports + (isReport ? 1 : 0));
            LookAt(trigger, pool, registry, derived);
        }
    }

    private void LookAt(TriggerEntry trigger, IMempoolView pool, ContractRegistry registry, DerivedEvents derived)
    {
        Span<Hash256> room = stackalloc Hash256[_rules.Bounds.Before]; // 8 of 32 bytes
        int count = pool.RunsBefore(trigger.Key, (_rules.Book.Head ?? _rules.Markets.Head)!.Value.Number, room);
        bool isBeyond = count > room.Length;
        Hash256[] before = [.. room[..Math.Min(count, room.Length)]];
        _lives.EndOvertaken(trigger, before, derived);
        var trade = _search!.Read(registry, trigger, TriggersAmong(before));
        _tables.Note(trigger, PoolsOf(trade), TokensOf(trade), trade.UnknownSwaps == 0);
        _lives.NotKept.Clear();
        foreach (var detected in _search.Find(trade, registry.ContentHash, before))
        {
            if (_tables.TryGetOpp(detected.Opp, out var opp))
            {
                _lives.Reopen(opp, isBeyond, pool, derived);
            }
            else if (!trigger.Opps.Any(other => other.IsOpen && IsSame(other.Detected, detected)))
            {
                _lives.Detect(trigger, detected, isBeyond, pool, derived);
            }
        }

        _tables.NoteNotKept(trigger, _lives.NotKept);
        if (_search.LeftOut > 0)
        {
            ulong leftOut = _search.LeftOut;
            _tables.Count(totals => totals.LeftOut += leftOut);
        }
    }

    private TriggerEntry[] TriggersAmong(Hash256[] txs)
    {
        var triggers = new List<TriggerEntry>(txs.Length);
        foreach (var tx in txs)
        {
            if (_tables.TryGetTrigger(tx, out var trigger))
            {
                triggers.Add(trigger);
            }
        }

        return [.. triggers];
    }

    /// <summary>The same exchanges on an earlier base, whose pools did not move since.</summary>
    private static bool IsSame(LogEvent.OppDetected one, LogEvent.OppDetected other) =>
        one.Strategy == other.Strategy && one.Legs.SequenceEqual(other.Legs);

    private void Age(IMempoolView pool, FactChanges changes, DerivedEvents derived)
    {
        if (!changes.BlocksApplied.IsEmpty && pool.Head is { } head)
        {
            foreach (var opp in OpenNow())
            {
                if (head.Number.Value > opp.Detected.BaseNumber.Value + _rules.Bounds.AgeBlocks)
                {
                    _lives.End(opp, OppEnd.TooOld, null, derived);
                }
            }
        }

        if (!changes.BlocksFinalized.IsEmpty)
        {
            _tables.DropFinal(changes.BlocksFinalized[^1].Number);
        }
    }

    private void Leave(FactChanges changes, DerivedEvents derived)
    {
        foreach (var gone in changes.TxsGone)
        {
            if (_tables.TryGetTrigger(gone, out var trigger))
            {
                _lives.EndAll(trigger, OppEnd.TriggerExpired, null, derived);
                _tables.Release(trigger);
            }
        }
    }

    private List<OppEntry> OpenNow()
    {
        var open = new List<OppEntry>(_tables.OpenCount);
        foreach (var opp in _tables.Open)
        {
            open.Add(opp);
        }

        return open;
    }

    private static PoolKey[] PoolsOf(PendingTrade trade) => SortedDistinct(trade.Named);

    private static Address[] TokensOf(PendingTrade trade) => SortedDistinct(trade.Tokens);

    /// <summary>The values in ascending order, each once. Sorts the list.</summary>
    private static T[] SortedDistinct<T>(List<T> values)
        where T : struct, IEquatable<T>
    {
        values.Sort();
        int count = 0;
        var kept = CollectionsMarshal.AsSpan(values);
        foreach (var value in kept)
        {
            if (count == 0 || !kept[count - 1].Equals(value))
            {
                kept[count++] = value;
            }
        }

        return kept[..count].ToArray();
    }

    private static Opportunity[] Ranked(IEnumerable<OppEntry> opps, int limit) => [.. opps.OrderBy(static opp => OppRank.Of(opp.Detected)).Take(limit).Select(static opp => opp.ToView())];
}
