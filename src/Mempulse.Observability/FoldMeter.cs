using System.Diagnostics.Metrics;
using Mempulse.Primitives;

namespace Mempulse.Observability;

/// <summary>Metrics of a chain's fold and of the follower that feeds it.</summary>
public sealed class FoldMeter : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string Name = Telemetry.Prefix + ".Fold";

    private readonly Meter _meter;
    private readonly Counter<long> _applied;
    private readonly Counter<long> _derived;
    private readonly Counter<long> _opportunityTries;
    private readonly Counter<long> _checkpoints;
    private readonly Counter<long> _unusableCheckpoints;
    private readonly Histogram<double> _checkpointSeconds;
    private readonly Histogram<double> _appliedAfterSeconds;
    private readonly ChainGauges<FoldReading> _gauges = new();

    /// <summary>Creates the instruments.</summary>
    public FoldMeter(IMeterFactory meters)
    {
        _meter = meters.Create(Name);
        _applied = _meter.CreateCounter<long>("mempulse_fold_applied_events", null, "Events applied.");
        _derived = _meter.CreateCounter<long>("mempulse_fold_derived_events", null, "Derived events appended to the log.");
        _opportunityTries = _meter.CreateCounter<long>("mempulse_opportunity_tries", null, "Tries to simulate an opportunity, by outcome.");
        _checkpoints = _meter.CreateCounter<long>("mempulse_fold_checkpoints", null, "Checkpoints written and verified.");
        _unusableCheckpoints = _meter.CreateCounter<long>("mempulse_fold_unusable_checkpoints", null, "Checkpoints that could not be written, or not be used at a start.");
        _checkpointSeconds = _meter.CreateHistogram<double>("mempulse_fold_checkpoint", "s", "From the start of a checkpoint until it is on disk.");
        _appliedAfterSeconds = _meter.CreateHistogram<double>("mempulse_fold_applied_after", "s", "From the observation of an event to its application; measured for the last event of each slice, while following.");
        _meter.CreateObservableGauge("mempulse_fold_position", () => _gauges.Select(fold => (long)fold.Applied), null, "The last applied position.");
        _meter.CreateObservableGauge("mempulse_fold_lag_events", () => _gauges.Select(fold => (long)fold.LagEvents), null, "Durable events not yet applied.");
        _meter.CreateObservableGauge("mempulse_fold_txs", () => _gauges.SelectMany("state", fold => fold.TxsByState), null, "Transactions the fold holds, by state.");
        _meter.CreateObservableCounter("mempulse_fold_divergences", () => _gauges.Select(fold => fold.Divergences), null, "Logged derived events that differ from what the fold derives.");
        _meter.CreateObservableGauge("mempulse_fold_abandoned_chains", () => _gauges.Select(fold => fold.AbandonedChains), null, "Chains that were replaced beyond finality; the fold keeps the last 16.");
        _meter.CreateObservableCounter("mempulse_decode_grades", () => _gauges.SelectMany("verdict", fold => fold.Grades), null, "Decoded trades of included transactions, held against their logs, by verdict.");
        _meter.CreateObservableGauge("mempulse_decode_drifting", () => _gauges.Select(fold => (long)fold.DriftingDecoders), null, "Functions whose decoded amounts the logs contradict too often.");
        _meter.CreateObservableGauge("mempulse_book_pools", () => _gauges.SelectMany("standing", fold => fold.Pools), null, "Pools of traded tokens, by what is known of them.");
        _meter.CreateObservableCounter("mempulse_book_left_out", () => _gauges.SelectMany("kind", fold => fold.BookLeftOut), null, "What the book of pools left out by a bound or for its age, by kind.");
        _meter.CreateObservableGauge("mempulse_book_inexact_tokens", () => _gauges.Select(fold => (long)fold.InexactTokens), null, "Tokens whose pools are left out, since their own events are not to be relied on.");
        _meter.CreateObservableGauge("mempulse_market_borrowers", () => _gauges.SelectMany("standing", fold => fold.Borrowers), null, "Borrowers of lending markets, by what is known of them.");
        _meter.CreateObservableGauge("mempulse_opportunities", () => _gauges.SelectMany("status", fold => fold.Opportunities), null, "Opportunities that the fold holds, by status.");
        _meter.CreateObservableCounter("mempulse_opportunity_fates", () => _gauges.SelectMany("fate", fold => fold.OpportunityFates), null, "Opportunities that were detected, handed on to simulation, cannot be simulated, or were left out by a bound.");
        _meter.CreateObservableGauge("mempulse_ingest_coverable_txs", () => _gauges.SelectMany("lane", fold => fold.Coverable), null, "Transactions of the blocks of the last ten minutes that arrived while a source of the lane was connected.");
        _meter.CreateObservableGauge("mempulse_ingest_covered_txs", () => _gauges.SelectMany("lane", fold => fold.Covered), null, "Of these, the ones that the lane had announced before.");
        _meter.CreateObservableCounter("mempulse_follower_events", () => _gauges.Select(fold => fold.FollowedEvents), null, "Events delivered by the follower.");
        _meter.CreateObservableCounter("mempulse_follower_streamed_events", () => _gauges.Select(fold => fold.StreamedEvents), null, "Events delivered from offers; the rest were read from the log.");
        _meter.CreateObservableCounter("mempulse_follower_incidents", () => _gauges.SelectMany("kind", fold => fold.Incidents), null, "Offers lost, repeated, delayed or reordered, which the follower repaired, by kind.");
    }

    /// <summary>Counts applied events.</summary>
    public void Applied(ChainId chain, int events) => _applied.Add(events, Telemetry.Label(chain));

    /// <summary>Records how long after its observation an event was applied.</summary>
    public void AppliedAfter(ChainId chain, TimeSpan delay) => _appliedAfterSeconds.Record(delay.TotalSeconds, Telemetry.Label(chain));

    /// <summary>Counts derived events that were appended to the log.</summary>
    public void Derived(ChainId chain, int events) => _derived.Add(events, Telemetry.Label(chain));

    /// <summary>Counts a try to simulate an opportunity; GET /opps says why one did not.</summary>
    public void OpportunityTried(ChainId chain, bool isSimulated) =>
        _opportunityTries.Add(1, Telemetry.Label(chain), new KeyValuePair<string, object?>("outcome", isSimulated ? "simulated" : "not_simulated"));

    /// <summary>Counts a checkpoint that could not be written or used; the log line says why.</summary>
    public void UnusableCheckpoint(ChainId chain) => _unusableCheckpoints.Add(1, Telemetry.Label(chain));

    /// <summary>Counts a checkpoint that is on disk.</summary>
    public void Checkpoint(ChainId chain, TimeSpan took)
    {
        _checkpoints.Add(1, Telemetry.Label(chain));
        _checkpointSeconds.Record(took.TotalSeconds, Telemetry.Label(chain));
    }

    /// <summary>Reads the gauges of a chain's fold from <paramref name="read"/> until the result is disposed.</summary>
    public IDisposable Observe(ChainId chain, Func<FoldReading> read) => _gauges.Add(chain, read);

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
