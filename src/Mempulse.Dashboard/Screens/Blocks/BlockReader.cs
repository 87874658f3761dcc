using Mempulse.Api.Audits;
using Mempulse.Dashboard.Feed;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Audits;
using Mempulse.Grains.Abstractions.Replays;

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

    /// <summary>Reads an audit that the fold keeps, or has an older one derived from the log, as GET /blocks/{block} does.</summary>
    private async Task<BlockReading> ReadNowAsync(AuditQuery query)
    {
        var chain = feed.Chain;
        var answer = await grains.Mempool(chain).FindAudit(query).ConfigureAwait(false);
        if (answer.Audit is not null || !AuditText.MayBeInLog(query, answer))
        {
            return new BlockReading(answer, answer.Audit is null ? AuditText.WhyNot(chain, query, answer) : string.Empty);
        }

        var logged = await grains.Replays(chain).Audit(query).ConfigureAwait(false);
        return logged.Answer is { } derived ? new BlockReading(derived, string.Empty)
            : new BlockReading(answer, $"{logged.Detail} {AuditText.Kept(answer)}") { IsUnderWay = logged.Outcome is ReplayOutcome.Running or ReplayOutcome.Busy };
    }

    private SharedReading<BlockReading> Of(AuditQuery query)
    {
        lock (_sync)
        {
            if (!_readings.TryGetValue(query, out var reading))
            {
                reading = new SharedReading<BlockReading>(() => ReadNowAsync(query), _period, time);
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
