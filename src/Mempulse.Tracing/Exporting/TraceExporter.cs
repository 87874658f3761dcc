using Mempulse.Canon.Reading;
using Mempulse.Observability;
using Mempulse.Outcomes.Traces;
using Mempulse.Tracing.Collectors;

namespace Mempulse.Tracing.Exporting;

/// <summary>Exports the traces of a log as the log grows.</summary>
/// <remarks>
/// It reads the log like any follower, so a collector that is slow, hangs or is gone costs the pipeline nothing: the log is the queue, and one page
/// of it is in memory. A request that fails is repeated until the collector takes it or says that it never will. After a restart the export goes
/// on where it was, and traces that were open are continued.
/// </remarks>
public sealed class TraceExporter : IAsyncDisposable
{
    private static readonly TimeSpan _poll = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan _firstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(30);

    private readonly TraceExporterSetup _setup;
    private readonly ISpanCollector _collector;
    private readonly TraceMeter _meter;
    private readonly TraceCursor _cursor;
    private readonly TraceFollower _follower;
    private readonly IDisposable _gauges;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private string _problem = string.Empty;
    private long _leftOut;

    /// <summary>Begins to export.</summary>
    /// <param name="log">The log.</param>
    /// <param name="setup">The rest.</param>
    /// <param name="collector">Takes the spans; it is disposed with the exporter.</param>
    /// <param name="meter">The metrics.</param>
    public TraceExporter(ILogReader log, TraceExporterSetup setup, ISpanCollector collector, TraceMeter meter)
    {
        ArgumentNullException.ThrowIfNull(setup);
        ArgumentNullException.ThrowIfNull(meter);
        _setup = setup;
        _collector = collector;
        _meter = meter;
        _cursor = new TraceCursor(Path.Combine(setup.Directory, TraceCursor.FileName));
        _follower = new TraceFollower(log, setup.Scope, setup.Form, _cursor.Load());
        Save(_follower.Standing);
        _gauges = meter.Observe(setup.Scope.Chain, () => new TraceReading((long)_follower.Lag, _follower.Open));
        _running = Task.Run(() => RunAsync(_stop.Token));
    }

    /// <summary>Stops; what is not exported is exported after the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _gauges.Dispose();
        _collector.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                if (!await StepAsync(cancellationToken).ConfigureAwait(false))
                {
                    await Task.Delay(_poll, _setup.Time, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }

    /// <summary>Reads a page of the log and exports its spans.</summary>
    /// <returns>False at the end of the log, or where it cannot be read now.</returns>
    private async Task<bool> StepAsync(CancellationToken cancellationToken)
    {
        ReadTraces? read;
        try
        {
            read = _follower.Read();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Report($"The log cannot be read: {failure.Message}");
            return false;
        }

        if (read is null)
        {
            return false;
        }

        foreach (var spans in read.Exports)
        {
            await ExportAsync(spans, cancellationToken).ConfigureAwait(false);
        }

        _meter.Passed(_setup.Scope.Chain, (long)read.Passed);
        _meter.LeftOut(_setup.Scope.Chain, _follower.LeftOut - _leftOut);
        _leftOut = _follower.LeftOut;
        Save(read.Standing);
        return true;
    }

    private async Task ExportAsync(IReadOnlyList<TraceSpan> spans, CancellationToken cancellationToken)
    {
        for (var pause = _firstPause; ; pause = pause * 2 < _longestPause ? pause * 2 : _longestPause)
        {
            switch (await _collector.ExportAsync(spans, cancellationToken).ConfigureAwait(false))
            {
                case CollectorAnswer.Taken taken:
                    long refused = Math.Clamp(taken.Refused, 0, spans.Count);
                    _meter.Exported(_setup.Scope.Chain, spans.Count - refused);
                    _meter.Refused(_setup.Scope.Chain, refused);
                    Report(string.Empty);
                    return;
                case CollectorAnswer.Never never:
                    _meter.Refused(_setup.Scope.Chain, spans.Count);
                    Report(never.Reason);
                    return;
                case CollectorAnswer.NotNow later:
                    _meter.Repeated(_setup.Scope.Chain);
                    Report(later.Reason);
                    await Task.Delay(later.After is { } asked && asked > pause && asked <= _longestPause ? asked : pause, _setup.Time, cancellationToken).ConfigureAwait(false);
                    break;
            }
        }
    }

    private void Save(TraceStanding standing)
    {
        if (_cursor.Save(standing) is { Length: > 0 } problem)
        {
            Report(problem);
        }
    }

    private void Report(string problem)
    {
        if (problem != _problem)
        {
            _problem = problem;
            _setup.Reported(problem);
        }
    }
}
