using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Mempulse.Observability;
using Mempulse.Primitives;

namespace Mempulse.ChainState.Tests;

/// <summary>A state meter of its own, and what it counted by the last label: where a part is from, or the outcome of a proof.</summary>
internal sealed class StateCounts : IMeterFactory
{
    private readonly ConcurrentBag<Meter> _meters = [];
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);

    public StateCounts()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, this) && instrument.Meter.Name == StateMeter.Name)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, count, labels, _) => _counts.AddOrUpdate($"{instrument.Name} {labels[^1].Value}", count, (_, before) => before + count));
        _listener.Start();
        Meter = new StateMeter(this, new ChainId(1));
    }

    public StateMeter Meter { get; }

    /// <summary>The counts so far, in order of their names.</summary>
    public string All => string.Join(", ", _counts.OrderBy(static count => count.Key, StringComparer.Ordinal).Select(static count => $"{count.Key} {count.Value}"));

    public Meter Create(MeterOptions options)
    {
        options.Scope = this;
        var meter = new Meter(options);
        _meters.Add(meter);
        return meter;
    }

    public void Dispose()
    {
        _listener.Dispose();
        foreach (var meter in _meters)
        {
            meter.Dispose();
        }
    }
}
