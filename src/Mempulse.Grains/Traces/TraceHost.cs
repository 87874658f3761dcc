using Mempulse.Grains.Logs;
using Mempulse.Observability;
using Mempulse.Outcomes.Traces;
using Mempulse.Primitives;
using Mempulse.Tracing.Collectors;
using Mempulse.Tracing.Exporting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mempulse.Grains.Traces;

/// <summary>Exports the traces of this silo's logs to the collector, if one is configured.</summary>
internal sealed partial class TraceHost(
    LogHost logs, IOptions<LogHostOptions> logOptions, IOptions<TraceOptions> options, TraceMeter meter, TimeProvider time, ILogger<TraceHost> log) : ILifecycleParticipant<ISiloLifecycle>
{
    private readonly List<TraceExporter> _exporters = [];

    /// <inheritdoc/>
    public void Participate(ISiloLifecycle observer) => observer.Subscribe(nameof(TraceHost), ServiceLifecycleStage.Active, StartAsync, StopAsync);

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Collector is not { } collector)
        {
            return;
        }

        foreach (var chain in logOptions.Value.Chains)
        {
            var setup = new TraceExporterSetup
            {
                Scope = new TraceScope(chain, logOptions.Value.FoldOf(chain).ConfirmationDepthBlocks),
                Form = options.Value.Export,
                Directory = logOptions.Value.DirectoryOf(chain),
                Time = time,
                Reported = problem => Report(chain, problem),
            };
            var reader = logs.Of(chain).Reader;
            _exporters.Add(await Task.Run(() => new TraceExporter(reader, setup, SpanCollector.Of(collector), meter), cancellationToken)); // it waits for the disk
            LogExporting(log, chain, collector.Endpoint);
        }
    }

    private async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var exporter in _exporters)
        {
            await exporter.DisposeAsync();
        }
    }

    private void Report(ChainId chain, string problem)
    {
        if (problem.Length > 0)
        {
            LogNotExported(log, chain, problem);
        }
        else
        {
            LogContinued(log, chain);
        }
    }
}
