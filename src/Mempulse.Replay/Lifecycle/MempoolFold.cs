using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay.Blocks;
using Mempulse.Replay.Changes;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.Derivations;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Leaving;
using Mempulse.Replay.NonceChains;
using Mempulse.Replay.Pool;
using Mempulse.Replay.Reorgs;
using Mempulse.Replay.Settling;
using Mempulse.Replay.Sightings;
using Mempulse.Replay.Transitions;
using Mempulse.Replay.Views;

namespace Mempulse.Replay.Lifecycle;

/// <summary>The first derivation: folds facts into the life of every transaction. Maps each fact to its rule, and each rule to the tables it may use.</summary>
internal sealed class MempoolFold : IDerivation
{
    /// <summary>Incremented whenever a rule, a bound or the encoding of the state changes what is derived or digested.</summary>
    public const string CurrentRuleVersion = "lifecycle/7";

    private readonly AccountTable _accounts;
    private Hash256 _preloaded; // facts about one transaction often follow each other
    private readonly CanonicalWindow _window;
    private readonly TransitionLog _log;
    private readonly NonceOrder _order;
    private readonly SightingRule _sightings;
    private readonly LeavingRule _leaving;
    private readonly BodyRule _bodies;
    private readonly ReorgReopening _reorgs;
    private readonly ChainAbandonment _abandonment;
    private readonly Ageing _ageing;
    private readonly BlockRule _blocks;
    private readonly ReceiptRule _receipts;

    /// <summary>A fold before the first fact.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="changes">The change feed that the rules write.</param>
    /// <param name="bounds">How much the tables hold.</param>
    public MempoolFold(ChainId chain, FactChanges changes, PoolBounds bounds)
    {
        Txs = new TxTable(Ledger, changes, bounds);
        _accounts = new AccountTable(Ledger, bounds);
        _window = new CanonicalWindow(chain, Ledger, changes);
        View = new MempoolView(Txs, _accounts, _window);

        _log = new TransitionLog(Txs);
        var departures = new Departures(Txs, _accounts, _window, _log);
        _leaving = new LeavingRule(Txs, _log, Holders);
        _order = new NonceOrder(Txs, _accounts, _window, _log, departures);
        _sightings = new SightingRule(Txs, _window, departures, _leaving, Subjects);
        _bodies = new BodyRule(Txs, _window, _order);
        _reorgs = new ReorgReopening(Txs, _accounts, _window, _log, _order);
        _abandonment = new ChainAbandonment(Txs, _accounts, _window, _reorgs, _order);
        _ageing = new Ageing(Txs, _accounts, _window, _log, departures, Subjects);
        var moves = new NonceMoves(_accounts, _window, departures);
        var inclusion = new Inclusion(Txs, _accounts, _log, departures, moves, Subjects);
        _blocks = new BlockRule(_window, _order, inclusion, _reorgs, _ageing);
        _receipts = new ReceiptRule(Txs, _window, _log);
    }

    /// <summary>The read-only view of the folded state.</summary>
    public IMempoolView View { get; }

    /// <summary>The transactions; the observations record in them how each one spread.</summary>
    public TxTable Txs { get; }

    /// <summary>The transactions that the fact being applied concerns.</summary>
    public FactSubjects Subjects { get; } = new();

    /// <summary>The blocks that a reorg can undo.</summary>
    public CanonicalWindow Window => _window;

    /// <summary>Which sources may still have a transaction; the observations connect it.</summary>
    public PoolHolders Holders { get; } = new();

    /// <inheritdoc/>
    public string RuleVersion => CurrentRuleVersion;

    /// <inheritdoc/>
    public EntryLedger Ledger { get; } = new(PoolTags.Range);

    /// <inheritdoc/>
    public void Derive(in Fact fact, IMempoolView pool, FactChanges changes, DerivedEvents derived)
    {
        _log.Begin(derived);
        Subjects.Begin();
        switch (fact.Kind)
        {
            case LogEvent.TxSeen.KindNumber:
                _sightings.Apply(fact.Record);
                break;
            case LogEvent.TxDecoded.KindNumber:
                _bodies.Apply(fact.Record, fact.Body);
                break;
            case LogEvent.ReceiptsObserved.KindNumber:
                _receipts.Apply(ReceiptsView.Read(fact.Record));
                break;
            default:
                DeriveRare(fact);
                break;
        }

        if (_ageing.EvictOverflow())
        {
            _order.Review();
        }

        _accounts.ReleaseTouched();
    }

    /// <summary>Touches what a fact will need before it is applied; see <see cref="TxTable.Preload"/>.</summary>
    public void Preload(in RecordView fact)
    {
        if (fact.Kind is LogEvent.TxSeen.KindNumber or LogEvent.TxDecoded.KindNumber && fact.TryGetKey(KeyKind.Tx, out var tx) && tx.Value != _preloaded)
        {
            _preloaded = tx.Value;
            _ = Txs.Preload(tx.Value);
        }

        if (fact.Kind == LogEvent.TxDecoded.KindNumber && fact.TryGetKey(KeyKind.Sender, out var sender))
        {
            _ = _accounts.Preload(sender.ToAddress());
        }
    }

    /// <inheritdoc/>
    public void Save(CheckpointWriter writer)
    {
        _accounts.Save(writer);
        _window.Save(writer);
        Txs.Save(writer);
    }

    /// <inheritdoc/>
    public void Restore(ref CheckpointReader reader)
    {
        _accounts.Restore(ref reader);
        _window.Restore(ref reader, _accounts);
        Txs.Restore(ref reader, new TxEntryDecoder(_accounts, _window));
        _accounts.RestoreReadyEnds();
        Txs.RestoreCounts();
    }

    /// <inheritdoc/>
    public void AssertInvariants()
    {
        _accounts.AssertInvariants();
        Txs.AssertInvariants();
        _window.AssertInvariants();
        LifecycleInvariants.AssertBetween(Txs, _accounts, _window);
    }

    /// <summary>Rare facts. Kinds that do not concern a transaction's life change nothing.</summary>
    private void DeriveRare(in Fact fact)
    {
        switch (fact.Event)
        {
            case LogEvent.TxLeft:
                _leaving.Apply(fact.Record);
                break;
            case LogEvent.BlockObserved block:
                _blocks.Apply(block, fact.Record);
                break;
            case LogEvent.ReorgDetected reorg:
                _reorgs.Apply(reorg);
                break;
            case LogEvent.FinalityViolated violated:
                _abandonment.Apply(violated, fact.Record);
                break;
            case LogEvent.ChainGap:
                _blocks.Gap();
                break;
            case LogEvent.AccountNonceObserved reported:
                _order.Reported(reported.Account, reported.Next.Value);
                _order.Review();
                break;
            case LogEvent.EpochStarted epoch:
                _window.Parameters = epoch.Parameters;
                break;
        }
    }
}
