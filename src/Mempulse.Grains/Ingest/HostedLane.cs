using Mempulse.Grains.Abstractions.Ingest;
using Mempulse.Net.Ingest;
using Mempulse.Observability;
using Mempulse.Primitives;

namespace Mempulse.Grains.Ingest;

/// <summary>A lane of this host, including one that could not be created or started, so that its failure is reported.</summary>
internal sealed class HostedLane(LanePlan plan)
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    // Written on start, read by reports.
    private volatile IIngestLane? _lane;
    private volatile Exception? _startFailure;

    public LanePlan Plan { get; } = plan;

    /// <summary>The lane; null until it is created, and when it could not be started.</summary>
    public IIngestLane? Lane => _lane;

    /// <summary>Creates and starts the lane.</summary>
    public async Task StartAsync(LaneContext context, CancellationToken cancellationToken)
    {
        _lane = Plan.Create(context);
        await _lane.StartAsync(cancellationToken);
    }

    /// <summary>Keeps for the reports why the lane could not be started, and disposes what was started of it.</summary>
    public async Task FailAsync(Exception failure)
    {
        _startFailure = failure;
        if (_lane is { } halfStarted)
        {
            _lane = null;
            await halfStarted.DisposeAsync();
        }
    }

    /// <summary>The report for the ingest grain.</summary>
    public LaneReport ToReport()
    {
        var status = Lane?.ReadStatus();
        return new LaneReport
        {
            Name = Plan.Name,
            IsRunning = _startFailure is null && Lane?.Completion.IsCompleted != true && status?.IsWaiting != true,
            Failure = (_startFailure ?? Lane?.Completion.Exception?.InnerException)?.Message ?? string.Empty,
            IsSynthetic = Plan.IsSynthetic,
            IsLogAvailable = status?.IsLogAvailable ?? true,
            Accepted = status?.AcceptedCount ?? 0,
            Decoded = status?.DecodedCount ?? 0,
            Appended = status?.AppendedCount ?? 0,
            QueueDepth = status?.QueueDepth ?? 0,
            QueuePeak = status?.QueuePeak ?? 0,
            QueueCapacity = status?.QueueCapacity ?? 0,
            Problems = status?.Problems ?? [],
            Drops = [.. status?.Drops.Select(drop => new DropReport(drop.Reason, drop.Count)) ?? []],
            Sources = [.. status?.Sources.Select(ToReport) ?? []],
            Peers = status?.Peers is { } search ? PeerSearchReports.Of(search) : null,
        };
    }

    private static SourceReport ToReport(SourceStatus source) => new(
        source.Name, source.Endpoint, source.IsConnected, source.SightingCount, source.LostCount, source.LastHeard, source.LastLoss)
    {
        Reception = source.Reception,
        Problem = source.Problem,
        ProblemSince = source.ProblemSince,
        LastTry = source.LastTry,
    };

    /// <summary>The reading for the metrics.</summary>
    public LaneReading ToReading(UnixNanoseconds now)
    {
        var status = Lane?.ReadStatus();
        long heard = status?.Sources.Max(static source => (long?)source.LastHeard.Value) ?? 0;
        return new LaneReading(
            Plan.Name,
            status?.QueueDepth ?? 0,
            status?.QueuePeak ?? 0,
            status?.QueueCapacity ?? 0,
            status?.Sources.Count(source => source.IsConnected) ?? 0,
            heard > 0 ? Math.Max(0, now.Value - heard) / NanosecondsPerSecond : 0);
    }
}
