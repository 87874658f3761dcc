using System.Diagnostics.CodeAnalysis;
using Mempulse.Outcomes.Verdicts;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Changes;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.Derivations;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Views;

namespace Mempulse.Outcomes.Relays;

/// <summary>Judges relays by attempts and outcomes alone, and derives changes: <see cref="LogEvent.RelayHealthChanged"/>. Dry runs do not count.</summary>
/// <remarks>Bounded: the attempts at more than <see cref="MaxRelays"/> relays are counted and not followed. Their breakers stay closed.</remarks>
internal sealed class RelayHealthFold : IDerivation, IRelayView
{
    /// <summary>Incremented whenever what is derived or digested changes.</summary>
    public const string CurrentRuleVersion = "relay-health/1";

    /// <summary>Relays that are followed.</summary>
    public const int MaxRelays = 256;

    /// <summary>A change of weight that is stated.</summary>
    public const int StatedChange = 1_000;

    private readonly ILandings _landings;
    private readonly int _maxRelays;
    private readonly EntryTable<RelayName, RelayEntry> _relays;
    private RelayTotals? _totals; // null while it is zero

    /// <summary>A derivation that holds nothing yet.</summary>
    /// <param name="landings">The bundles that the last fact made land; updated before.</param>
    /// <param name="maxRelays">Relays that are followed.</param>
    public RelayHealthFold(ILandings landings, int maxRelays = MaxRelays)
    {
        (_landings, _maxRelays) = (landings, maxRelays);
        _relays = new EntryTable<RelayName, RelayEntry>(Ledger);
    }

    /// <inheritdoc/>
    public string RuleVersion => CurrentRuleVersion;

    /// <inheritdoc/>
    public EntryLedger Ledger { get; } = new(new TagRange(RelayEntry.EntryTag, RelayTotals.EntryTag));

    /// <inheritdoc/>
    public ulong Unfollowed => _totals?.Unfollowed ?? 0;

    /// <inheritdoc/>
    public IReadOnlyList<RelayStanding> Relays() => [.. _relays.SortedByKey().Select(static relay => relay.ToStanding())];

    /// <inheritdoc/>
    public bool TryGet(string relay, [NotNullWhen(true)] out RelayStanding? standing)
    {
        standing = _relays.TryGet(new RelayName(relay), out var entry) ? entry.ToStanding() : null;
        return standing is not null;
    }

    /// <inheritdoc/>
    public void Derive(in Fact fact, IMempoolView pool, FactChanges changes, DerivedEvents derived)
    {
        switch (fact.Kind)
        {
            case LogEvent.AttemptStarted.KindNumber when fact.Event is LogEvent.AttemptStarted { IsDryRun: false } started:
                Start(started, fact.Record.Timestamp);
                break;
            case LogEvent.RelayAttempt.KindNumber when fact.Event is LogEvent.RelayAttempt { IsDryRun: false } answered:
                Answer(answered, fact.Record.Seq, fact.Record.Timestamp, derived);
                break;
            case LogEvent.BlockObserved.KindNumber when _relays.Count > 0:
                Pass(fact.Record.Timestamp, derived);
                break;
            default:
                break;
        }

        CountLandings();
    }

    /// <inheritdoc/>
    public void Save(CheckpointWriter writer)
    {
        writer.SaveAll(_totals is null ? [] : [_totals]);
        writer.Save(_relays);
    }

    /// <inheritdoc/>
    public void Restore(ref CheckpointReader reader)
    {
        ref var values = ref reader.Values;
        for (int left = values.ReadCount(); left > 0; left--)
        {
            if (_totals is not null)
            {
                throw values.Malformed("there are two totals");
            }

            _totals = RelayTotals.Decode(ref values);
            Ledger.Added(_totals);
        }

        reader.Restore(_relays, RelayEntry.Decode);
    }

    /// <inheritdoc/>
    public void AssertInvariants()
    {
        var relays = _relays.SortedByKey();
        Invariant.That(relays.Count <= _maxRelays && relays.All(static relay => relay.Answers.Count <= RelayEntry.Window), "INV-163", "no more relays and attempts are kept than the bounds say");
        Invariant.That(relays.All(static relay => relay.Breaker == BreakerState.HalfOpen || !relay.IsProbing), "INV-164", "only a half open breaker waits for the request that decides");
    }

    private void Start(LogEvent.AttemptStarted started, UnixNanoseconds at)
    {
        if (Relay(started.Relay) is { } relay)
        {
            _relays.Changing(relay);
            RelayBreaker.Started(relay, at);
        }
    }

    private void Answer(LogEvent.RelayAttempt answered, GlobalSeq seq, UnixNanoseconds at, DerivedEvents derived)
    {
        if (Relay(answered.Relay) is { } relay)
        {
            _relays.Changing(relay);
            var before = relay.Breaker;
            relay.LastAttempt = seq;
            RelayBreaker.Answered(relay, RelayAnswer.Of(answered), at);
            State(relay, before, derived);
        }
    }

    private void Pass(UnixNanoseconds now, DerivedEvents derived)
    {
        foreach (var relay in _relays.SortedByKey())
        {
            if (RelayBreaker.IsDue(relay, now))
            {
                _relays.Changing(relay);
                var before = relay.Breaker;
                RelayBreaker.Passed(relay, now);
                State(relay, before, derived);
            }
        }
    }

    private static void State(RelayEntry relay, BreakerState before, DerivedEvents derived)
    {
        int weight = RelayWeight.Of(relay);
        if (relay.Breaker == before && Math.Abs(weight - relay.StatedWeight) < StatedChange)
        {
            return;
        }

        relay.StatedWeight = weight;
        derived.Add(new LogEvent.RelayHealthChanged
        {
            Relay = relay.Key.Text,
            From = before,
            To = relay.Breaker,
            WeightBasisPoints = weight,
            Attempts = relay.Answers.Count,
            Accepted = relay.CountOf(AnswerKind.Accepted),
            LatencyMicroseconds = relay.Latency(),
            Rules = CurrentRuleVersion,
        });
    }

    private void CountLandings()
    {
        foreach (var bundle in _landings.LastLanded)
        {
            foreach (var request in bundle.Requests)
            {
                if (request is { IsSending: true, IsAccepted: true } && _relays.TryGet(new RelayName(request.Relay), out var relay))
                {
                    _relays.Changing(relay);
                    relay.Landed++;
                }
            }
        }
    }

    private RelayEntry? Relay(string name)
    {
        if (_relays.TryGet(new RelayName(name), out var known))
        {
            return known;
        }

        if (_relays.Count < _maxRelays)
        {
            var relay = new RelayEntry(name);
            _relays.Add(relay);
            return relay;
        }

        if (_totals is null)
        {
            _totals = new RelayTotals();
            Ledger.Added(_totals);
        }

        Ledger.Changing(_totals);
        _totals.Unfollowed++;
        return null;
    }
}
