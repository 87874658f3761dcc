using System.Diagnostics.Metrics;
using Mempulse.Primitives;

namespace Mempulse.Observability;

/// <summary>Metrics of the export of a chain's traces.</summary>
public sealed class TraceMeter : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string Name = Telemetry.Prefix + ".Traces";

    private readonly Meter _meter;
    private readonly Counter<long> _spans;
    private readonly Counter<long> _repeated;
    private readonly Counter<long> _passed;
    private readonly ChainGauges<TraceReading> _gauges = new();

    /// <summary>Creates the instruments.</summary>
    public TraceMeter(IMeterFactory meters)
    {
        _meter = meters.Create(Name);
        _spans = _meter.CreateCounter<long>("mempulse_trace_spans", null, "Spans by outcome: exported, refused by the collector, or left out by a bound.");
        _repeated = _meter.CreateCounter<long>("mempulse_trace_repeated_requests", null, "Requests that the collector did not take and that are repeated.");
        _passed = _meter.CreateCounter<long>("mempulse_trace_passed_events", null, "Events whose spans are not exported: the log no longer has them, or they are damaged.");
        _meter.CreateObservableGauge("mempulse_trace_lag_events", () => _gauges.Select(traces => traces.LagEvents), null, "Durable events whose spans are not exported.");
        _meter.CreateObservableGauge("mempulse_trace_open", () => _gauges.Select(traces => traces.Open), null, "Traces that are not complete.");
    }

    /// <summary>Counts spans that the collector took.</summary>
    public void Exported(ChainId chain, long spans) => Add(chain, spans, "exported");

    /// <summary>Counts spans that the collector refused.</summary>
    public void Refused(ChainId chain, long spans) => Add(chain, spans, "refused");

    /// <summary>Counts spans that a bound left out.</summary>
    public void LeftOut(ChainId chain, long spans) => Add(chain, spans, "left_out");

    /// <summary>Counts a request that is repeated.</summary>
    public void Repeated(ChainId chain) => _repeated.Add(1, Telemetry.Label(chain));

    /// <summary>Counts events that were passed over.</summary>
    public void Passed(ChainId chain, long events)
    {
        if (events > 0)
        {
            _passed.Add(events, Telemetry.Label(chain));
        }
    }

    /// <summary>Reads the gauges of a chain from <paramref name="read"/> until the result is disposed.</summary>
    public IDisposable Observe(ChainId chain, Func<TraceReading> read) => _gauges.Add(chain, read);

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private void Add(ChainId chain, long spans, string outcome)
    {
        if (spans > 0)
        {
            _spans.Add(spans, Telemetry.Label(chain), new KeyValuePair<string, object?>("outcome", outcome));
        }
    }
}
