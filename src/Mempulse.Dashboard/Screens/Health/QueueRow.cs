using Mempulse.Dashboard.Feed;

namespace Mempulse.Dashboard.Screens.Health;

/// <summary>A queue as a row.</summary>
/// <param name="Name">Whose it is.</param>
/// <param name="Depth">Items in it.</param>
/// <param name="Capacity">Items that it can hold.</param>
/// <param name="Peak">The most that it held.</param>
/// <param name="Dropped">Transactions that its lane dropped.</param>
/// <param name="Why">The reasons, with counts.</param>
internal sealed record QueueRow(string Name, long Depth, long Capacity, long Peak, long Dropped, string Why)
{
    /// <summary>True if it was full.</summary>
    public bool WasFull => Capacity > 0 && Peak >= Capacity;

    /// <summary>The queues, the fullest first.</summary>
    public static IReadOnlyList<QueueRow> Of(FeedTick tick) =>
    [
        .. tick.Ingest.SelectMany(static host => host.Lanes)
            .Select(static lane => new QueueRow(
                lane.Name,
                lane.QueueDepth,
                lane.QueueCapacity,
                lane.QueuePeak,
                lane.Drops.Sum(static drop => drop.Count),
                string.Join(", ", lane.Drops.Select(static drop => $"{drop.Reason} {drop.Count}"))))
            .OrderByDescending(static row => row.WasFull).ThenByDescending(static row => row.Depth).ThenBy(static row => row.Name, StringComparer.Ordinal),
    ];
}
