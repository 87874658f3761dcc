using System.Diagnostics.Metrics;
using Mempulse.Primitives;

namespace Mempulse.Observability;

/// <summary>Metrics of the publication of a chain's log to its stream.</summary>
public sealed class PublisherMeter : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string Name = Telemetry.Prefix + ".Publisher";

    private readonly Meter _meter;
    private readonly Counter<long> _items;
    private readonly Counter<long> _events;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _failed;

    /// <summary>Creates the instruments.</summary>
    public PublisherMeter(IMeterFactory meters)
    {
        _meter = meters.Create(Name);
        _items = _meter.CreateCounter<long>("mempulse_publisher_items", null, "Items published to the stream.");
        _events = _meter.CreateCounter<long>("mempulse_publisher_events", null, "Events in those items.");
        _dropped = _meter.CreateCounter<long>("mempulse_publisher_dropped_events", null, "Events not published because the publisher's buffer was full; followers read them from the log.");
        _failed = _meter.CreateCounter<long>("mempulse_publisher_failed_items", null, "Items that the stream refused; followers read them from the log.");
    }

    /// <summary>Counts an item published to the stream.</summary>
    public void Published(ChainId chain, int events)
    {
        _items.Add(1, Telemetry.Label(chain));
        _events.Add(events, Telemetry.Label(chain));
    }

    /// <summary>Counts events that did not fit into the publisher's buffer.</summary>
    public void Dropped(ChainId chain, int events) => _dropped.Add(events, Telemetry.Label(chain));

    /// <summary>Counts an item that the stream refused.</summary>
    public void Failed(ChainId chain) => _failed.Add(1, Telemetry.Label(chain));

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
