using System.Collections.Concurrent;
using Mempulse.Dashboard.Feed;
using Mempulse.Dashboard.Screens.Transaction;
using Mempulse.Grains.Abstractions;
using Mempulse.Primitives;

namespace Mempulse.Dashboard.Screens.Radar;

/// <summary>Reads the transactions that viewers watch, each once for all viewers.</summary>
internal sealed class WatchReader(IGrainFactory grains, LiveFeed feed, TimeProvider time)
{
    /// <summary>Transactions whose answers are shared at a time.</summary>
    private const int MaxReadings = 256;

    private static readonly TimeSpan _period = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Hash256, SharedReading<WatchedRow>> _readings = new();

    /// <summary>Returns the rows of transactions, in their order.</summary>
    public async Task<IReadOnlyList<WatchedRow>> ReadAsync(IReadOnlyList<Hash256> watched) => await Task.WhenAll(watched.Select(ReadAsync)).ConfigureAwait(false);

    private Task<WatchedRow> ReadAsync(Hash256 tx)
    {
        if (_readings.Count >= MaxReadings && !_readings.ContainsKey(tx))
        {
            _readings.Clear(); // those in use come back with their next reading
        }

        return _readings.GetOrAdd(tx, wanted => new SharedReading<WatchedRow>(() => ReadNowAsync(wanted), _period, time)).ReadAsync();
    }

    private async Task<WatchedRow> ReadNowAsync(Hash256 tx) =>
        new(tx.ToString(), await grains.Tx(feed.Chain, tx).Read().ConfigureAwait(false) is { } found ? LifeLines.LastStepOf(found) : null);
}
