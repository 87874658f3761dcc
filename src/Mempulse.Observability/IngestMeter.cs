using System.Diagnostics.Metrics;
using Mempulse.Primitives;

namespace Mempulse.Observability;

/// <summary>The gauges of the lanes that feed a chain; <see cref="LaneMeter"/> has the counters of each.</summary>
public sealed class IngestMeter : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string Name = Telemetry.Prefix + ".Ingest";

    private const string Lane = "lane";

    private readonly Meter _meter;
    private readonly ChainGauges<IReadOnlyList<LaneReading>> _gauges = new();

    /// <summary>Creates the instruments.</summary>
    public IngestMeter(IMeterFactory meters)
    {
        Meters = meters;
        _meter = meters.Create(Name);
        Gauge("mempulse_ingest_queue_items", "Items in a lane's queue.", lane => lane.QueueDepth);
        Gauge("mempulse_ingest_queue_peak_items", "The most items it has held.", lane => lane.QueuePeak);
        Gauge("mempulse_ingest_queue_capacity_items", "Items it can hold.", lane => lane.QueueCapacity);
        Gauge("mempulse_ingest_connected_sources", "Connected sources of a lane.", lane => lane.ConnectedSources);
        _meter.CreateObservableGauge("mempulse_ingest_silence", () => Each(lane => lane.SilenceSeconds), "s", "Time since any source of a lane was last heard.");
    }

    /// <summary>Makes the instruments of single lanes.</summary>
    public IMeterFactory Meters { get; }

    /// <summary>Reads the lanes of a chain from <paramref name="read"/> until the result is disposed.</summary>
    public IDisposable Observe(ChainId chain, Func<IReadOnlyList<LaneReading>> read) => _gauges.Add(chain, read);

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private void Gauge(string name, string description, Func<LaneReading, long> number) =>
        _meter.CreateObservableGauge(name, () => Each(number), null, description);

    private IEnumerable<Measurement<long>> Each(Func<LaneReading, long> number) =>
        _gauges.SelectMany(Lane, lanes => lanes.Select(lane => (lane.Name, number(lane))));
}
