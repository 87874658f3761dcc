using Mempulse.Grains.Abstractions.Ingest;
using Mempulse.Net.Ingest;
using Mempulse.Observability;
using Mempulse.Primitives;

namespace Mempulse.Grains.Ingest;

/// <summary>A lane and how it is told of.</summary>
internal sealed record RunningLane(ChainId Chain, bool IsSynthetic, IIngestLane Lane)
{
    /// <summary>For the ingest grain.</summary>
    public LaneReport ToReport()
    {
        var status = Lane.ReadStatus();
        return new LaneReport
        {
            Name = status.Name,
            IsRunning = !Lane.Completion.IsCompleted,
            IsSynthetic = IsSynthetic,
            IsLogAvailable = status.IsLogAvailable,
            Accepted = status.AcceptedCount,
            Decoded = status.DecodedCount,
            Appended = status.AppendedCount,
            QueueDepth = status.QueueDepth,
            QueuePeak = status.QueuePeak,
            QueueCapacity = status.QueueCapacity,
            Drops = [.. status.Drops.Select(drop => new DropReport(drop.Reason, drop.Count))],
            Sources = [.. status.Sources.Select(source => new SourceReport(
                source.Name, source.Endpoint, source.IsConnected, source.SightingCount, source.LostCount, source.LastHeard, source.LastLoss))],
        };
    }

    /// <summary>For the metrics.</summary>
    public LaneReading ToReading()
    {
        var status = Lane.ReadStatus();
        return new LaneReading(
            status.Name, status.QueueDepth, status.QueuePeak, status.QueueCapacity, status.Sources.Count(source => source.IsConnected));
    }
}
