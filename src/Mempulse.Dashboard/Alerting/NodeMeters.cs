using System.Diagnostics.Metrics;

namespace Mempulse.Dashboard.Alerting;

/// <summary>Reads the meters of this process, those that are read on demand and the times of appends. What other processes measure is not there. Safe for any thread.</summary>
/// <remarks>Counters that count as they go are left alone, so that nothing is added to the path of an event.</remarks>
internal sealed class NodeMeters : IDisposable
{
    private const string Prefix = "Mempulse.";
    private const string AppendTimes = "mempulse_log_append";
    private const int MaxAppends = 512;
    private const double MicrosPerSecond = 1e6;

    private readonly Lock _sync = new();
    private readonly MeterListener _listener = new();
    private readonly List<MeterSample> _samples = [];
    private readonly double[] _appendSeconds = new double[MaxAppends];
    private long _appends;

    /// <summary>Begins to listen.</summary>
    public NodeMeters(IMeterFactory factory)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == factory && instrument.Meter.Name.StartsWith(Prefix, StringComparison.Ordinal) && (instrument.IsObservable || instrument.Name == AppendTimes))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, labels, _) => Take(instrument, value, labels));
        _listener.SetMeasurementEventCallback<long>((instrument, value, labels, _) => Take(instrument, value, labels));
        _listener.SetMeasurementEventCallback<double>((instrument, value, labels, _) => Take(instrument, value, labels));
        _listener.Start();
    }

    /// <summary>Reads all metrics now.</summary>
    public IReadOnlyList<MeterSample> Read()
    {
        lock (_sync)
        {
            _samples.Clear();
            _listener.RecordObservableInstruments();
            return [.. _samples];
        }
    }

    /// <summary>The time from an append to its acknowledgement, fsync included, that so many hundredths of the last appends did not exceed; null before the first.</summary>
    public TimeSpan? AppendTime(int hundredths)
    {
        lock (_sync)
        {
            int count = (int)Math.Min(_appends, MaxAppends);
            double[] sorted = [.. _appendSeconds.Take(count).Order()];
            return count == 0 ? null : TimeSpan.FromSeconds(sorted[Math.Min(count - 1, count * hundredths / 100)]);
        }
    }

    /// <summary>The times of the last appends in microseconds, the oldest first.</summary>
    /// <param name="most">How many at most, up to 512.</param>
    public IReadOnlyList<long> LastAppends(int most)
    {
        lock (_sync)
        {
            long count = Math.Min(Math.Min(_appends, MaxAppends), most);
            return [.. Enumerable.Range(0, (int)count).Select(i => (long)(_appendSeconds[(_appends - count + i) % MaxAppends] * MicrosPerSecond))];
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private static string NameOf(Instrument instrument)
    {
        string unit = instrument.Unit switch { "By" => "_bytes", "s" => "_seconds", _ => string.Empty };
        bool isTotal = instrument.GetType().GetGenericTypeDefinition() == typeof(ObservableCounter<>);
        return instrument.Name + unit + (isTotal ? "_total" : string.Empty);
    }

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        if (!instrument.IsObservable)
        {
            lock (_sync)
            {
                _appendSeconds[_appends++ % MaxAppends] = value;
            }

            return;
        }

        // Only called from Read, which has the lock.
        var named = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, text) in labels)
        {
            named[name] = text?.ToString() ?? string.Empty;
        }

        _samples.Add(new MeterSample(NameOf(instrument), named, value));
    }
}
