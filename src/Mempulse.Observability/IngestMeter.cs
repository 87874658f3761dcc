using System.Diagnostics.Metrics;
using Mempulse.Primitives;

namespace Mempulse.Observability;

/// <summary>Metrics of the lanes that feed a chain.</summary>
public sealed class IngestMeter : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string Name = Telemetry.Prefix + ".Ingest";

    private const string Lane = "lane";

    private readonly Meter _meter;
    private readonly ChainGauges<IReadOnlyList<LaneReading>> _gauges = new();

    /// <summary>Makes the instruments.</summary>
    public IngestMeter(IMeterFactory meters)
    {
        _meter = meters.Create(Name);
        Counter("mempulse.ingest.accepted_items", "Items taken into a lane's queue.", lane => lane.Accepted);
        Counter("mempulse.ingest.decoded_txs", "Bodies decoded, their senders recovered.", lane => lane.Decoded);
        Counter("mempulse.ingest.appended_events", "Events made durable.", lane => lane.Appended);
        Counter("mempulse.ingest.dropped_txs", "Transactions dropped, whatever the reason.", lane => lane.Dropped);
        Gauge("mempulse.ingest.queue_items", "Items in a lane's queue.", lane => lane.QueueDepth);
        Gauge("mempulse.ingest.queue_peak_items", "Most items it ever held.", lane => lane.QueuePeak);
        Gauge("mempulse.ingest.queue_capacity_items", "Items it can hold.", lane => lane.QueueCapacity);
        Gauge("mempulse.ingest.connected_sources", "Sources of a lane that can be heard.", lane => lane.ConnectedSources);
    }

    /// <summary>Reads the lanes of a chain from <paramref name="read"/> until the answer is disposed.</summary>
    public IDisposable Observe(ChainId chain, Func<IReadOnlyList<LaneReading>> read) => _gauges.Add(chain, read);

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private void Counter(string name, string description, Func<LaneReading, long> number) =>
        _meter.CreateObservableCounter(name, () => Each(number), null, description);

    private void Gauge(string name, string description, Func<LaneReading, long> number) =>
        _meter.CreateObservableGauge(name, () => Each(number), null, description);

    private IEnumerable<Measurement<long>> Each(Func<LaneReading, long> number) =>
        _gauges.SelectMany(Lane, lanes => lanes.Select(lane => (lane.Name, number(lane))));
}
