using Mempulse.Features.Grading;
using Mempulse.Features.Rules;
using Mempulse.Features.Trades;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Changes;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.Derivations;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Views;

namespace Mempulse.Features.Traits;

/// <summary>Keeps what each transaction says, from its body on until the fold lets it go, and the fees of the last blocks. Derives no events.</summary>
/// <remarks>
/// It begins with the fact that states a registry: a log without one has the digest of an engine without this derivation. The registry in
/// force when the body came decides. While a function drifts, no amount that it states is certain. Bounded: beyond <see cref="MaxTxs"/> the transaction that was settled longest ago is forgotten, or else
/// the longest waiting one, which is counted.
/// </remarks>
internal sealed class TraitFold : IDerivation, ITraitView
{
    /// <summary>Incremented whenever what is derived or digested changes.</summary>
    public const string CurrentRuleVersion = "traits/3";

    /// <summary>Transactions whose traits are held.</summary>
    public const int MaxTxs = 131_072;

    private readonly IRulesView _rules;
    private readonly PendingTrades _pending;
    private readonly IDecoderView _decoders;
    private readonly int _maxTxs;
    private readonly EntryTable<Hash256, TraitEntry> _txs;
    private readonly ArrivalList<TraitEntry> _waiting = new();
    private readonly ArrivalList<TraitEntry> _settled = new();
    private readonly RivalCounts _rivals = new();
    private readonly FeeWindow _fees;
    private readonly TraitTotals _totals;
    private bool _hasBegun;

    /// <summary>A derivation that holds nothing yet.</summary>
    /// <param name="rules">The rules that the log states; updated before each fact that this derivation gets.</param>
    /// <param name="pending">Decodes the body that a fact reports.</param>
    /// <param name="decoders">Says which functions drift; updated before each fact that this derivation gets.</param>
    /// <param name="maxTxs">Transactions whose traits are held.</param>
    public TraitFold(IRulesView rules, PendingTrades pending, IDecoderView decoders, int maxTxs = MaxTxs)
    {
        (_rules, _pending, _decoders, _maxTxs) = (rules, pending, decoders, maxTxs);
        _txs = new EntryTable<Hash256, TraitEntry>(Ledger);
        _fees = new FeeWindow(Ledger);
        _totals = new TraitTotals(_waiting, _settled);
    }

    /// <inheritdoc/>
    public string RuleVersion => CurrentRuleVersion;

    /// <inheritdoc/>
    public EntryLedger Ledger { get; } = new(new TagRange(0x48, 0x4b));

    /// <inheritdoc/>
    public int WaitingCount => _waiting.Count;

    /// <inheritdoc/>
    public ulong LetGo => _totals.LetGo;

    /// <inheritdoc/>
    public FeeOutlook? Fees { get; private set; }

    /// <inheritdoc/>
    public bool TryGet(in Hash256 hash, out TxTraits traits)
    {
        bool isHeld = _txs.TryGet(hash, out var entry);
        traits = !isHeld ? default : entry!.IsDrifting(_decoders.Trust) ? entry.Uncertain() : entry.Traits;
        return isHeld;
    }

    /// <inheritdoc/>
    public bool TryGetCall(in Hash256 hash, out Address sender, out Address target)
    {
        bool isCall = _txs.TryGet(hash, out var entry) && entry.Traits.IsCall;
        (sender, target) = isCall ? (entry!.Traits.Sender, entry.Traits.Target!.Value) : default;
        return isCall;
    }

    /// <inheritdoc/>
    public int RivalsOf(in TxTraits traits)
    {
        if (RivalKey.Of(traits) is not { } key)
        {
            return 0;
        }

        return _rivals.Of(key) - (_txs.TryGet(traits.Hash, out var entry) && entry.IsWaiting ? 1 : 0);
    }

    /// <inheritdoc/>
    public void VisitWaiting(TraitVisit visit)
    {
        ulong after = 0;
        VisitWaiting(visit, ref after, int.MaxValue);
    }

    /// <inheritdoc/>
    public int VisitWaiting(TraitVisit visit, ref ulong after, int most)
    {
        ArgumentNullException.ThrowIfNull(visit);
        var trust = _decoders.Trust;
        int visited = 0;
        for (var waiting = _waiting.After(after); visited < most && waiting.MoveNext(); visited++)
        {
            var entry = waiting.Current;
            after = entry.ListOrdinal;
            if (entry.IsDrifting(trust))
            {
                visit(entry.Uncertain());
            }
            else
            {
                visit(entry.Traits);
            }
        }

        return visited;
    }

    /// <inheritdoc/>
    public void Derive(in Fact fact, IMempoolView pool, FactChanges changes, DerivedEvents derived)
    {
        if (_rules.Registry?.Registry is not { } registry)
        {
            return;
        }

        if (!changes.BlocksUndone.IsEmpty || !changes.BlocksApplied.IsEmpty || fact.Kind == LogEvent.FinalityViolated.KindNumber)
        {
            Begin();
            Ledger.Changing(_totals);
            _fees.Follow(changes, fact.Event as LogEvent.BlockObserved, pool.Head, _totals);
            Fees = _fees.Outlook();
        }

        foreach (var transition in changes.Transitions)
        {
            if (_txs.TryGet(transition.Tx, out var entry))
            {
                Move(entry, pool.StateOf(transition.Tx));
            }
        }

        foreach (var gone in changes.TxsGone)
        {
            if (_txs.TryGet(gone, out var entry))
            {
                Remove(entry);
            }
        }

        if (fact.Kind == LogEvent.TxDecoded.KindNumber)
        {
            Read(fact, pool);
        }
    }

    /// <inheritdoc/>
    public void Save(CheckpointWriter writer)
    {
        writer.SaveAll(_hasBegun ? [_totals] : []);
        _fees.Save(writer);
        writer.Save(_txs);
    }

    /// <inheritdoc/>
    public void Restore(ref CheckpointReader reader)
    {
        ref var values = ref reader.Values;
        for (int left = values.ReadCount(); left > 0; left--)
        {
            if (_hasBegun)
            {
                throw values.Malformed("there are two totals");
            }

            _totals.Read(ref values);
            Begin();
        }

        _fees.Restore(ref values);
        Fees = _fees.Outlook();
        reader.Restore(_txs, TraitEntry.Decode);
        var entries = _txs.SortedByKey();
        _waiting.Restore(entries.Where(static entry => entry.IsWaiting), _totals.LastWaiting);
        _settled.Restore(entries.Where(static entry => !entry.IsWaiting), _totals.LastSettled);
        foreach (var entry in _waiting)
        {
            _rivals.Add(entry.Traits);
        }
    }

    /// <inheritdoc/>
    public void AssertInvariants()
    {
        _fees.AssertInvariants();
        Invariant.That(_txs.Count == _waiting.Count + _settled.Count && _txs.Count <= _maxTxs, "INV-142", "each transaction with traits waits or is settled, and there are no more than the bound says");
    }

    private static bool Waits(TxState state) => state is TxState.Seen or TxState.Pending or TxState.Queued;

    private void Begin()
    {
        if (!_hasBegun)
        {
            _hasBegun = true;
            Ledger.Added(_totals);
        }
    }

    private void Read(in Fact fact, IMempoolView pool)
    {
        var hash = fact.Record.TxKey;
        if (_txs.TryGet(hash, out _) || !pool.TryGetPosition(hash, out var position))
        {
            return;
        }

        if (_pending.TreeOf(fact, pool) is { } tree)
        {
            var fields = new PayloadReader(fact.Record.Payload);
            var traits = TraitReader.Of(tree, _pending.Of(fact, pool), _pending.WrappedEther, _pending.CallOf(fact, pool), hash, NormalizedTxView.Read(ref fields));
            MakeRoom();
            Add(new TraitEntry(traits, traits.IsTrade ? DecodeTrust.FunctionsOf(tree, traits.MainTrade.Node) : []) { IsWaiting = Waits(position.State) });
        }
    }

    private void MakeRoom()
    {
        if (_txs.Count < _maxTxs)
        {
            return;
        }

        if (_settled.Oldest is { } settled)
        {
            Remove(settled);
            return;
        }

        Ledger.Changing(_totals);
        _totals.LetGo++;
        Remove(_waiting.Oldest!);
    }

    private void Add(TraitEntry entry)
    {
        Begin();
        Ledger.Changing(_totals);
        (entry.IsWaiting ? _waiting : _settled).Append(entry);
        _txs.Add(entry);
        if (entry.IsWaiting)
        {
            _rivals.Add(entry.Traits);
        }
    }

    private void Move(TraitEntry entry, TxState state)
    {
        if (entry.IsWaiting == Waits(state))
        {
            return;
        }

        Ledger.Changing(_totals);
        _txs.Changing(entry);
        Unlist(entry);
        entry.IsWaiting = !entry.IsWaiting;
        (entry.IsWaiting ? _waiting : _settled).Append(entry);
        if (entry.IsWaiting)
        {
            _rivals.Add(entry.Traits);
        }
    }

    private void Remove(TraitEntry entry)
    {
        _txs.Remove(entry);
        Unlist(entry);
    }

    private void Unlist(TraitEntry entry)
    {
        (entry.IsWaiting ? _waiting : _settled).Remove(entry);
        if (entry.IsWaiting)
        {
            _rivals.Remove(entry.Traits);
        }
    }
}
