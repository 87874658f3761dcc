using Mempulse.Primitives.Events;
using Mempulse.Replay.Changes;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.Derivations;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Pool;
using Mempulse.Replay.Views;

namespace Mempulse.Replay.Observations;

/// <summary>Folds who announced what and when: propagation, coverage, and the ledger of gaps. Derives no events.</summary>
internal sealed class ObservationFold : IDerivation
{
    /// <summary>From this kind on a record is about the writer's own work: its time is the writer's, also while a capture is played, and it is not an observation.</summary>
    private const Primitives.Records.EventKind FirstOfTheWriter = LogEvent.SimCompleted.KindNumber;

    /// <summary>Incremented whenever a rule, a bound or the encoding changes what is digested.</summary>
    public const string CurrentRuleVersion = "observation/9";

    private readonly FactSubjects _subjects;
    private readonly ObservationState _state;
    private readonly PropagationRule _propagation;
    private readonly ConnectionRule _connections;

    /// <summary>A fold before the first fact.</summary>
    /// <param name="txs">The transactions: each entry records how its transaction spread.</param>
    /// <param name="subjects">The transactions that the fact being applied concerns.</param>
    /// <param name="holders">Asked whether a source still has a transaction.</param>
    public ObservationFold(TxTable txs, FactSubjects subjects, PoolHolders holders)
    {
        _subjects = subjects;
        _state = new ObservationState(Ledger);
        _propagation = new PropagationRule(_state, txs, subjects);
        _connections = new ConnectionRule(_state);
        holders.IsHeld = _connections.IsHeld;
        View = new ObservationView(_state, txs);
    }

    /// <summary>The read-only view of the state.</summary>
    public IObservationView View { get; }

    /// <summary>The state, for the audits.</summary>
    public ObservationState State => _state;

    /// <inheritdoc/>
    public string RuleVersion => CurrentRuleVersion;

    /// <inheritdoc/>
    public EntryLedger Ledger { get; } = new(ObservationTags.Range);

    /// <inheritdoc/>
    public void Derive(in Fact fact, IMempoolView pool, FactChanges changes, DerivedEvents derived)
    {
        long at = fact.Record.Timestamp.Value;
        if (fact.Kind == LogEvent.EpochStarted.KindNumber)
        {
            _connections.Restarted(at);
        }

        if (fact.Kind >= FirstOfTheWriter)
        {
            return;
        }

        _connections.Begin(at);
        _state.Observed(at);
        switch (fact.Kind)
        {
            case LogEvent.TxSeen.KindNumber:
                if (_propagation.Seen(fact.Record, at))
                {
                    _connections.Review(at);
                }

                break;
            case LogEvent.TxDecoded.KindNumber:
            case LogEvent.ReceiptsObserved.KindNumber:
                break;
            default:
                DeriveRare(fact, at);
                break;
        }

        if (_subjects.Evicted > 0)
        {
            _propagation.Evicted();
        }
    }

    /// <inheritdoc/>
    public void Save(CheckpointWriter writer) => _state.Save(writer);

    /// <inheritdoc/>
    public void Restore(ref CheckpointReader reader) => _state.Restore(ref reader);

    /// <inheritdoc/>
    public void AssertInvariants() => _state.AssertInvariants();

    private void DeriveRare(in Fact fact, long at)
    {
        var lane = fact.Record.Lane;
        switch (fact.Event)
        {
            case LogEvent.BlockObserved:
                _connections.BlockCame(lane, at);
                _propagation.Included(at);
                break;
            case LogEvent.SourceConnected connected:
                _connections.Connected(connected, lane, at);
                break;
            case LogEvent.PeerConnected connected:
                _connections.Connected(connected, lane, at);
                break;
            case LogEvent.SourceLost lost:
                _connections.Lost(lost, lane, at);
                break;
            case LogEvent.PeerLost lost:
                _connections.Lost(lost, lane, at);
                break;
            case LogEvent.PeerDialFailed failed:
                _connections.DialFailed(failed, lane, at);
                break;
            case LogEvent.TxIngestDropped dropped:
                _connections.Dropped(dropped, fact.Record, at);
                break;
        }
    }
}
