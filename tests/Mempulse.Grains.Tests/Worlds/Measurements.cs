using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;

namespace Mempulse.Grains.Tests.Worlds;

/// <summary>A meter factory, and what its instruments measured: "name{label=value,...}" and the numbers.</summary>
internal sealed class Measurements : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<(string Series, double Value)> _all = [];
    private readonly ConcurrentDictionary<string, double> _gauges = new(StringComparer.Ordinal);

    /// <summary>Measures what is measured through a factory; through one of its own if none is given.</summary>
    public Measurements(IMeterFactory? meters = null)
    {
        Meters = meters ?? _services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, Meters))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, labels, _) => Keep(instrument, value, labels));
        _listener.SetMeasurementEventCallback<double>((instrument, value, labels, _) => Keep(instrument, value, labels));
        _listener.Start();
    }

    public IMeterFactory Meters { get; }

    /// <summary>Everything counted and recorded so far, in order, one line each.</summary>
    public IReadOnlyList<string> All => [.. _all.Select(Line)];

    /// <summary>The sum of a series.</summary>
    public double Sum(string series) => _all.Where(entry => entry.Series == series).Sum(entry => entry.Value);

    /// <summary>The number of measurements of a series.</summary>
    public int Count(string series) => _all.Count(entry => entry.Series == series);

    /// <summary>Reads the observable instruments now; series and values, one line each, in order.</summary>
    public IReadOnlyList<string> ReadGauges()
    {
        _gauges.Clear();
        _listener.RecordObservableInstruments();
        return [.. _gauges.OrderBy(gauge => gauge.Key, StringComparer.Ordinal).Select(gauge => Line((gauge.Key, gauge.Value)))];
    }

    public void Dispose()
    {
        _listener.Dispose();
        _services.Dispose();
    }

    private static string Line((string Series, double Value) entry) => string.Create(CultureInfo.InvariantCulture, $"{entry.Series} {entry.Value}");

    private void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        var parts = new List<string>();
        foreach (var label in labels)
        {
            parts.Add($"{label.Key}={label.Value}");
        }

        string series = parts.Count == 0 ? instrument.Name : $"{instrument.Name}{{{string.Join(',', parts)}}}";
        if (instrument.IsObservable)
        {
            _gauges[series] = value;
        }
        else
        {
            _all.Enqueue((series, value));
        }
    }
}
