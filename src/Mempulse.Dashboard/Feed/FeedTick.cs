using Mempulse.Grains.Abstractions.Ingest;
using Mempulse.Grains.Abstractions.Mempool;
using Mempulse.Grains.Abstractions.Sequencing;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Dashboard.Feed;

/// <summary>The state of a chain at one moment, as all viewers see it. Read once for all of them; immutable.</summary>
internal sealed record FeedTick
{
    /// <summary>Its number, from 1, in steps of 1.</summary>
    public required long Number { get; init; }

    /// <summary>The chain.</summary>
    public required ChainId Chain { get; init; }

    /// <summary>When it was read.</summary>
    public required UnixNanoseconds ReadAt { get; init; }

    /// <summary>The status of the log.</summary>
    public required LogStatus Log { get; init; }

    /// <summary>The status of the fold.</summary>
    public required PoolStatus Pool { get; init; }

    /// <summary>The latest report of each ingest host.</summary>
    public required IReadOnlyList<IngestReport> Ingest { get; init; }

    /// <summary>The newest block; null before the first.</summary>
    public required HeadBlock? Head { get; init; }

    /// <summary>Reorgs since the feed began.</summary>
    public required long Reorgs { get; init; }

    /// <summary>True when the arrival times of the input are synthetic, not measured.</summary>
    public required bool IsSynthetic { get; init; }

    /// <summary>Opportunities that hold.</summary>
    public required int OpenOpportunities { get; init; }

    /// <summary>Transactions that arrived in a second, in thousandths; null until two readings are compared.</summary>
    public required long? ArrivalsPerThousandSeconds { get; init; }

    /// <summary>Transactions that ingest dropped in the last five minutes, or since the start of the feed.</summary>
    public required long RecentDrops { get; init; }

    /// <summary>What is wrong, the worst first.</summary>
    public required IReadOnlyList<Alert> Alerts { get; init; }

    /// <summary>"ok", "degraded", "ended", "starting" or "failed", as /health says.</summary>
    public required string Health { get; init; }

    /// <summary>The time that ages are relative to: that of the newest arrival where the input is a recording, else the time of the reading.</summary>
    /// <remarks>Not the time of the head: a capture of single blocks has arrivals that follow each other, and blocks that are weeks apart.</remarks>
    public UnixNanoseconds Clock => IsSynthetic && LatestRecorded is { Value: > 0 } recorded ? recorded : ReadAt;

    /// <summary>Transactions in a state.</summary>
    public long In(TxState state) => (int)state < Pool.TxsByState.Count ? Pool.TxsByState[(int)state] : 0;

    /// <summary>Transactions that wait.</summary>
    public long InPool => In(TxState.Seen) + In(TxState.Pending) + In(TxState.Queued);

    /// <summary>The sources of all lanes, each once.</summary>
    public IReadOnlyList<SourceReport> Sources => [.. Ingest.SelectMany(static host => host.Lanes).SelectMany(static lane => lane.Sources).DistinctBy(static source => source.Name)];

    /// <summary>The sources that are not connected although their lane runs.</summary>
    public IReadOnlyList<string> BlindNames =>
    [
        .. Ingest.SelectMany(static host => host.Lanes).Where(static lane => lane.IsRunning)
            .SelectMany(static lane => lane.Sources).GroupBy(static source => source.Name, StringComparer.Ordinal)
            .Where(static source => source.All(static lane => !lane.IsConnected)).Select(static source => source.Key),
    ];

    /// <summary>Number of these sources.</summary>
    public int BlindSources => BlindNames.Count;

    private UnixNanoseconds LatestRecorded => Sources.Select(static source => source.LastHeard).Append(default).Max() is { Value: > 0 } heard ? heard : Head?.Time ?? default;
}
