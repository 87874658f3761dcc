namespace Mempulse.Dashboard.Feed;

/// <summary>Totals at one moment; a rate is the difference of two.</summary>
/// <param name="Arrivals">Transactions reported for the first time, since the log began.</param>
/// <param name="Pending">Transactions that could be included.</param>
/// <param name="Queued">Transactions behind a gap.</param>
/// <param name="Drops">Transactions that ingest dropped since its start.</param>
/// <param name="Appended">Records that the log took since its start.</param>
/// <param name="Sightings">Sightings of each source since its lane began, by its name.</param>
/// <param name="Blind">The sources that should hear and are not connected.</param>
/// <param name="Head">The height of the newest block; 0 before the first.</param>
/// <param name="Reorgs">Reorgs since the feed began.</param>
/// <param name="LeftBlocks">Blocks that the chain left with the newest of them.</param>
internal sealed record Reading(
    long Arrivals,
    long Pending,
    long Queued,
    long Drops,
    long Appended,
    IReadOnlyDictionary<string, long> Sightings,
    IReadOnlyList<string> Blind,
    ulong Head,
    long Reorgs,
    ulong LeftBlocks)
{
    /// <summary>Sources that are followed one by one; sightings of more are only in the totals.</summary>
    private const int MaxSources = 32;

    /// <summary>Durable events that the fold has not applied.</summary>
    public long Lag { get; init; }

    /// <summary>The totals of a tick.</summary>
    public static Reading Of(FeedTick tick) => new(
        (long)tick.Pool.Sources.Aggregate(0UL, static (sum, source) => sum + source.Firsts),
        tick.In(Primitives.Events.TxState.Pending),
        tick.In(Primitives.Events.TxState.Queued),
        tick.Ingest.SelectMany(static host => host.Lanes).SelectMany(static lane => lane.Drops).Sum(static drop => drop.Count),
        tick.Log.Appended,
        tick.Ingest.SelectMany(static host => host.Lanes).SelectMany(static lane => lane.Sources).GroupBy(static source => source.Name, StringComparer.Ordinal)
            .Take(MaxSources).ToDictionary(static source => source.Key, static source => source.Sum(static lane => lane.Sightings), StringComparer.Ordinal),
        tick.BlindNames,
        tick.Head?.Number.Value ?? 0,
        tick.Reorgs,
        tick.Head?.LeftBlocks ?? 0)
    {
        Lag = (long)tick.Pool.Lag,
    };
}
