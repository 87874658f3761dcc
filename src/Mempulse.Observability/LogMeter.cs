using System.Diagnostics.Metrics;
using Mempulse.Primitives;

namespace Mempulse.Observability;

/// <summary>Metrics of a chain's log and its sequencer.</summary>
public sealed class LogMeter : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string Name = Telemetry.Prefix + ".Log";

    private readonly Meter _meter;
    private readonly Counter<long> _appended;
    private readonly Counter<long> _duplicates;
    private readonly Counter<long> _refused;
    private readonly Histogram<double> _appendSeconds;
    private readonly ChainGauges<LogReading> _gauges = new();

    /// <summary>Creates the instruments.</summary>
    public LogMeter(IMeterFactory meters)
    {
        _meter = meters.Create(Name);
        _appended = _meter.CreateCounter<long>("mempulse_log_appended_events", null, "Events made durable.");
        _duplicates = _meter.CreateCounter<long>("mempulse_log_duplicate_events", null, "Events that the log already had.");
        _refused = _meter.CreateCounter<long>("mempulse_log_refused_batches", null, "Batches that the log refused.");
        _appendSeconds = _meter.CreateHistogram<double>("mempulse_log_append", "s", "From the call to the acknowledgement, fsync and epoch check included.");
        _meter.CreateObservableGauge("mempulse_log_watermark", () => _gauges.Select(log => (long)log.Watermark), null, "The highest durable position.");
        _meter.CreateObservableGauge("mempulse_log_epoch", () => _gauges.Select(log => (long)log.Epoch), null, "The writer's epoch.");
        _meter.CreateObservableGauge("mempulse_log_writable", () => _gauges.Select(log => log.IsWritable ? 1 : 0), null, "1 while the log accepts appends.");
        _meter.CreateObservableGauge("mempulse_log_damaged_places", () => _gauges.Select(log => log.DamagedPlaces), null, "Damaged places that background verification or a reader has found since the log was opened.");
        _meter.CreateObservableCounter("mempulse_log_durable", () => _gauges.Select(log => log.DurableBytes), "By", "Bytes of records made durable.");
        _meter.CreateObservableGauge("mempulse_log_disk_free", () => _gauges.Select(log => log.Disk.FreeBytes), "By", "Bytes that are free on the log's volume.");
        _meter.CreateObservableGauge("mempulse_log_disk_size", () => _gauges.Select(log => log.Disk.SizeBytes), "By", "Bytes of the log's volume.");
    }

    /// <summary>Counts an acknowledged batch.</summary>
    public void Appended(ChainId chain, int appended, int duplicates, TimeSpan took)
    {
        var label = Telemetry.Label(chain);
        _appended.Add(appended, label);
        if (duplicates > 0)
        {
            _duplicates.Add(duplicates, label);
        }

        _appendSeconds.Record(took.TotalSeconds, label);
    }

    /// <summary>Counts a batch that the log refused.</summary>
    public void Refused(ChainId chain) => _refused.Add(1, Telemetry.Label(chain));

    /// <summary>Reads the gauges of a chain's log from <paramref name="read"/> until the result is disposed.</summary>
    public IDisposable Observe(ChainId chain, Func<LogReading> read) => _gauges.Add(chain, read);

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
