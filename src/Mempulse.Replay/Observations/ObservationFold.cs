using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.Derivations;
using Mempulse.Replay.Views;

namespace Mempulse.Replay.Observations;

/// <summary>Folds who showed what and when: propagation, coverage, and the ledger of gaps. Derives no events.</summary>
internal sealed class ObservationFold : IDerivation
{
    /// <summary>Raised whenever a rule, a bound or the encoding changes what is digested.</summary>
    public const string CurrentRuleVersion = "observation/2";

    private ObservationState _state;
    private PropagationRule _propagation;
    private ConnectionRule _connections;

    public ObservationFold()
    {
        _state = new ObservationState();
        (_propagation, _connections) = (new PropagationRule(_state), new ConnectionRule(_state));
    }

    /// <summary>The state for others to read. Another object after <see cref="Restore"/>.</summary>
    public IObservationView View => new ObservationView(_state);

    public string RuleVersion => CurrentRuleVersion;

    public StateDigest Digest() => _state.Digest();

    public void Derive(in Fact fact, IMempoolView pool, DerivedEvents derived)
    {
        long at = fact.Record.Timestamp.Value;
        switch (fact.Kind)
        {
            case EventKind.EpochStarted:
                _connections.Restarted(at);
                return;
            case EventKind.SimCompleted:
                return; // of the writer's time, as an epoch is, and about nothing that was observed
        }

        _connections.Begin(at);
        switch (fact.Kind)
        {
            case EventKind.TxSeen:
                if (_propagation.Seen(fact.Record, at))
                {
                    _connections.Review(at);
                }

                break;
            case EventKind.TxDecoded:
                break;
            default:
                DeriveRare(fact, at);
                break;
        }

        _state.LastFactAt = Math.Max(_state.LastFactAt, at);
    }

    public void Save(EntryWriter writer) => _state.Save(writer);

    public void Restore(ref EntryReader reader)
    {
        _state = ObservationState.Restore(ref reader);
        (_propagation, _connections) = (new PropagationRule(_state), new ConnectionRule(_state));
    }

    public void AssertInvariants() => _state.AssertInvariants();

    private void DeriveRare(in Fact fact, long at)
    {
        var lane = fact.Record.Lane;
        switch (fact.Event)
        {
            case LogEvent.BlockObserved block:
                _connections.BlockCame(lane, at);
                _propagation.Included(block, at);
                break;
            case LogEvent.SourceConnected connected:
                _connections.Connected(connected, lane, at);
                break;
            case LogEvent.PeerConnected connected:
                _connections.Connected(connected, lane, at);
                break;
            case LogEvent.SourceLost lost:
                _connections.Lost(lost.Name, lost.Reason, lane, at);
                break;
            case LogEvent.PeerLost lost:
                _connections.Lost(lost.Name, lost.Reason, lane, at);
                break;
            case LogEvent.TxIngestDropped dropped:
                _connections.Dropped(dropped, fact.Record, at);
                break;
        }
    }
}
