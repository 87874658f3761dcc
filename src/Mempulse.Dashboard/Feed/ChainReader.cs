using Mempulse.Api.Chains;
using Mempulse.Api.Status;
using Mempulse.Client.Status;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Mempool;
using Mempulse.Grains.Abstractions.Opportunities;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Dashboard.Feed;

/// <summary>Reads one tick from the grains. The health is that of /health, in the same words.</summary>
internal sealed class ChainReader(IGrainFactory grains, ChainDirectory chains)
{
    /// <summary>The records of a block that are read to find its header.</summary>
    private const int MaxBlockRecords = 16;

    private const string OpenStatus = "Open";
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Readings closer than this give no rate.</summary>
    private const long MinRateNanoseconds = NanosecondsPerSecond / 5;

    /// <summary>Reads the state of the chain now.</summary>
    /// <param name="last">The tick before.</param>
    /// <param name="history">Earlier totals.</param>
    /// <param name="now">The time.</param>
    public async Task<FeedTick> ReadAsync(FeedTick? last, FeedHistory history, UnixNanoseconds now)
    {
        var chain = chains.All[0];
        var logging = grains.Sequencer(chain).GetStatus();
        var folding = grains.Mempool(chain).GetStatus();
        var reporting = grains.Ingest(chain).Read();
        var listing = grains.Mempool(chain).ListOpportunities(new OppQuery(OpenStatus, string.Empty, null, 1));
        var log = await logging.ConfigureAwait(false);
        var pool = await folding.ConfigureAwait(false);
        var ingest = await reporting.ConfigureAwait(false);
        var opps = await listing.ConfigureAwait(false);
        var verdict = HealthVerdict.Of(chain, log, pool, ingest, chains.HasLanes(chain));
        var head = await HeadAsync(chain, pool, last?.Head).ConfigureAwait(false);
        var tick = new FeedTick
        {
            Number = (last?.Number ?? 0) + 1,
            Chain = chain,
            ReadAt = now,
            Log = log,
            Pool = pool,
            Ingest = ingest,
            Head = head,
            Reorgs = (last?.Reorgs ?? 0) + (last is not null && head is { LeftBlocks: > 0 } && head.Hash != last.Head?.Hash ? 1 : 0),
            IsSynthetic = chains.IsSynthetic,
            OpenOpportunities = opps.Open,
            ArrivalsPerThousandSeconds = null,
            RecentDrops = 0,
            Alerts = AlertsOf(verdict, last, now),
            Health = verdict.Status,
        };
        var reading = Reading.Of(tick);
        return tick with { ArrivalsPerThousandSeconds = RateOf(last, reading, now), RecentDrops = history.DropsSince(reading.Drops) };
    }

    private static IReadOnlyList<Alert> AlertsOf(ChainHealthPart verdict, FeedTick? last, UnixNanoseconds now) =>
    [
        .. verdict.Problems.Select(sentence => last?.Alerts.FirstOrDefault(known => known.Sentence == sentence)
            ?? new Alert(verdict.Status == HealthVerdict.Failed, sentence, now)),
    ];

    /// <summary>Arrivals over the last readings, smoothed by half so that the number can be read.</summary>
    private static long? RateOf(FeedTick? last, Reading reading, UnixNanoseconds now)
    {
        long passed = last is null ? 0 : now.Value - last.ReadAt.Value;
        if (last is null || passed < MinRateNanoseconds)
        {
            return last?.ArrivalsPerThousandSeconds;
        }

        long rate = (reading.Arrivals - Reading.Of(last).Arrivals) * 1_000 * NanosecondsPerSecond / passed;
        return last.ArrivalsPerThousandSeconds is { } before ? ((before * 3) + rate) / 4 : rate;
    }

    private async Task<HeadBlock?> HeadAsync(ChainId chain, PoolStatus pool, HeadBlock? known)
    {
        if (pool.HeadHash is not { } hash || known?.Hash == hash)
        {
            return known;
        }

        var page = await grains.LogReader(chain).ReadKey(EventKey.Block(hash), GlobalSeq.None, MaxBlockRecords).ConfigureAwait(false);
        LogEvent.BlockObserved? block = null;
        ulong leftBlocks = 0;
        foreach (var record in page.Records)
        {
            if (record.View.Kind == LogEvent.BlockObserved.KindNumber)
            {
                block ??= EventCatalog.Core.Decode(record.View) as LogEvent.BlockObserved;
            }
            else if (record.View.Kind == LogEvent.ReorgDetected.KindNumber && EventCatalog.Core.Decode(record.View) is LogEvent.ReorgDetected reorg)
            {
                leftBlocks = reorg.Depth;
            }
        }

        return block is null ? known : HeadBlock.Of(block, leftBlocks);
    }
}
