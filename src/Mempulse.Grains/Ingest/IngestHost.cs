using Mempulse.Folding;
using Mempulse.Folding.Live;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Ingest;
using Mempulse.Net.Ingest;
using Mempulse.Observability;
using Mempulse.Primitives;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mempulse.Grains.Ingest;

/// <summary>Runs the lanes of this silo: starts them once the silo is active, and stops them before it stops.</summary>
internal sealed partial class IngestHost : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private const int AfterEverything = ServiceLifecycleStage.Active + 2;

    private readonly IngestHostOptions _options;
    private readonly ulong _maxFoldLagEvents;
    private readonly IGrainFactory _grains;
    private readonly IngestMeter _meter;
    private readonly TimeProvider _time;
    private readonly ILogger<IngestHost> _log;
    private readonly HostedLane[] _lanes;
    private readonly Dictionary<ChainId, DecodedBodies> _decoded;
    private readonly List<IDisposable> _gauges = [];
    private readonly CancellationTokenSource _stop = new();
    private Task _starting = Task.CompletedTask;
    private Task _reporting = Task.CompletedTask;

    public IngestHost(
        IOptions<IngestHostOptions> options, IOptions<FoldOptions> fold, IGrainFactory grains, IngestMeter meter, TimeProvider time, ILogger<IngestHost> log)
    {
        _options = options.Value;
        _lanes = [.. _options.Lanes.Select(plan => new HostedLane(plan))];
        _decoded = Chains().ToDictionary(chain => chain, _ => new DecodedBodies(options.Value.RecentBodies));
        _maxFoldLagEvents = fold.Value.MaxLagEvents;
        _grains = grains;
        _meter = meter;
        _time = time;
        _log = log;
    }

    /// <inheritdoc/>
    public void Participate(ISiloLifecycle observer) => observer.Subscribe(nameof(IngestHost), AfterEverything, StartAsync, StopAsync);

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    private Task StartAsync(CancellationToken cancellationToken)
    {
        if (_options.Lanes.Count > 0)
        {
            LogRecovery(_log, _options.SenderRecovery);
        }

        // In the background: a long log is folded first, and the API reports the progress meanwhile.
        _starting = Task.WhenAll(Chains().Select(chain => Task.Run(() => StartLanesAsync(chain), CancellationToken.None)));
        _gauges.AddRange(Chains().Select(chain => _meter.Observe(chain, () => [.. LanesOf(chain).Select(lane => lane.ToReading(RecordClock.Now(_time)))])));
        _reporting = Task.Run(ReportAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>The lanes of a chain start in order; those of another chain do not wait for its fold.</summary>
    private async Task StartLanesAsync(ChainId chain)
    {
        try
        {
            foreach (var lane in LanesOf(chain))
            {
                await StartAsync(lane);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Stopped before all lanes were started.
        }
    }

    private async Task StartAsync(HostedLane hosted)
    {
        var plan = hosted.Plan;
        try
        {
            var resumed = await WaitForFoldAsync(plan.Chain);
            await hosted.StartAsync(
                new LaneContext(new SequencerSink(_grains.Sequencer(plan.Chain), _maxFoldLagEvents), _decoded[plan.Chain], _meter.Meters, _time, resumed), _stop.Token);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !_stop.IsCancellationRequested)
        {
            // The other lanes keep running, and /health reports why this one does not.
            await hosted.FailAsync(failure);
            LogLaneNotStarted(_log, plan.Chain, plan.Name, failure);
            return;
        }

        LogLaneStarted(_log, plan.Chain, plan.Name);
        _ = hosted.Lane!.Completion.ContinueWith(
            ended => LogEnd(plan.Name, ended), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    /// <summary>Waits until the fold has caught up, because a lane continues at the end of the log.</summary>
    private async Task<ResumePoint> WaitForFoldAsync(ChainId chain)
    {
        while (true)
        {
            try
            {
                if (await _grains.Mempool(chain).CanonicalBlocks() is { } blocks)
                {
                    return new ResumePoint(blocks, await _grains.Mempool(chain).GetHoldings());
                }
            }
            catch (Exception failure) when (IsTransient(failure))
            {
                LogLogNotThere(_log, chain, failure); // the silo that holds the log may start later
            }

            await Task.Delay(_options.ReportPeriod, _time, _stop.Token);
        }
    }

    private async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _starting;
        _gauges.ForEach(gauge => gauge.Dispose());
        using var patience = new CancellationTokenSource(_options.StopPatience, _time);
        foreach (var hosted in Enumerable.Reverse(_lanes)) // a lane that follows another one must not start because that one stops
        {
            if (hosted.Lane is not { } lane)
            {
                continue;
            }

            await StopAsync(hosted.Plan, lane, patience.Token);
            await lane.DisposeAsync();
        }

        await _reporting;
    }

    private async Task StopAsync(LanePlan plan, IIngestLane lane, CancellationToken patience)
    {
        try
        {
            await lane.StopAsync(patience);
        }
        catch (OperationCanceledException)
        {
            LogLaneCut(_log, plan.Chain, plan.Name);
        }
#pragma warning disable CA1031 // A lane that failed must not keep the other lanes from appending what they hold.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            LogLaneFailed(_log, plan.Name, failure);
        }
    }

    private async Task ReportAsync()
    {
        using var timer = new PeriodicTimer(_options.ReportPeriod, _time);
        try
        {
            do
            {
                foreach (var chain in Chains())
                {
                    await ReportAsync(chain);
                }
            }
            while (await timer.WaitForNextTickAsync(_stop.Token));
        }
        catch (OperationCanceledException)
        {
            // The host is stopping.
        }
    }

    private async Task ReportAsync(ChainId chain)
    {
        try
        {
            await _grains.Ingest(chain).Report(new IngestReport
            {
                Host = _options.Host,
                Time = RecordClock.Now(_time),
                SenderRecovery = _options.SenderRecovery,
                Lanes = [.. LanesOf(chain).Select(lane => lane.ToReport())],
            });
        }
        catch (Exception failure) when (IsTransient(failure))
        {
            LogReportFailed(_log, chain, failure); // the next report follows soon
        }
    }

    /// <summary>True for a failure that may pass. ArgumentException means that no silo that can host the grain has joined the cluster yet.</summary>
    private static bool IsTransient(Exception failure) => failure is TimeoutException or OrleansException or ArgumentException;

    private List<ChainId> Chains() => [.. _options.Lanes.Select(plan => plan.Chain).Distinct()];

    private IEnumerable<HostedLane> LanesOf(ChainId chain) => _lanes.Where(lane => lane.Plan.Chain == chain);

    private void LogEnd(string lane, Task ended)
    {
        if (ended.Exception is { } failure)
        {
            LogLaneFailed(_log, lane, failure);
        }
        else
        {
            LogLaneEnded(_log, lane);
        }
    }
}
