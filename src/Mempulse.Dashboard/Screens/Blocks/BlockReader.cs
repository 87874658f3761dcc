using Mempulse.Dashboard.Feed;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Audits;

namespace Mempulse.Dashboard.Screens.Blocks;

/// <summary>Reads audits for the screen of blocks: any number of viewers of a block cost one read a period. Safe for any thread.</summary>
internal sealed class BlockReader(IGrainFactory grains, LiveFeed feed, TimeProvider time)
{
    /// <summary>Blocks that are read at a time; beyond it the one that was asked for first is forgotten.</summary>
    private const int MaxBlocks = 16;

    private static readonly TimeSpan _period = TimeSpan.FromSeconds(2);

    private readonly Lock _sync = new();
    private readonly Dictionary<AuditQuery, SharedReading<BlockReading>> _readings = [];
    private readonly Queue<AuditQuery> _order = new();

    /// <summary>Returns the audit of a block.</summary>
    public Task<BlockReading> ReadAsync(AuditQuery query) => Of(query).ReadAsync();

    private SharedReading<BlockReading> Of(AuditQuery query)
    {
        lock (_sync)
        {
            if (!_readings.TryGetValue(query, out var reading))
            {
                reading = new SharedReading<BlockReading>(async () => new BlockReading(await grains.Mempool(feed.Chain).FindAudit(query).ConfigureAwait(false)), _period, time);
                _readings.Add(query, reading);
                _order.Enqueue(query);
                if (_order.Count > MaxBlocks)
                {
                    _readings.Remove(_order.Dequeue());
                }
            }

            return reading;
        }
    }
}
