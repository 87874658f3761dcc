using System.Globalization;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Ingest;
using Mempulse.Grains.Abstractions.Mempool;
using Mempulse.Grains.Abstractions.Sequencing;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Node.Console;

/// <summary>Prints one line per chain every few seconds, for the person at the terminal.</summary>
internal sealed class SummaryLines(IGrainFactory grains, SummaryTarget target, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan _period = TimeSpan.FromSeconds(3);

    private static readonly TxState[] _shown =
        [TxState.Seen, TxState.Pending, TxState.Queued, TxState.Left, TxState.Included, TxState.Confirmed, TxState.Replaced, TxState.Expired];

    private readonly PeerLines _peers = new();
    private readonly Dictionary<ChainId, (long Ticks, ulong Watermark)> _last = [];
    private readonly SourceLines _sources = new();

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var chain in target.Chains)
            {
                await PrintAsync(chain);
            }
        }
    }

    private async Task PrintAsync(ChainId chain)
    {
        try
        {
            var fold = await grains.Mempool(chain).GetStatus();
            var log = await grains.Sequencer(chain).GetStatus();
            var ingest = await grains.Ingest(chain).Read();
            foreach (string change in _sources.Changes(chain, ingest).Concat(_peers.Enodes(chain, ingest)))
            {
                await target.Output.WriteLineAsync(change);
            }

            await target.Output.WriteLineAsync(Line(chain, fold, log, ingest));
        }
        catch (Exception passing) when (passing is TimeoutException or OrleansException)
        {
            await target.Output.WriteLineAsync($"chain {chain}: no answer in time");
        }
    }

    private string Line(ChainId chain, PoolStatus fold, LogStatus log, IReadOnlyList<IngestReport> ingest)
    {
        long now = time.GetTimestamp();
        var (before, watermark) = _last.GetValueOrDefault(chain, (now, log.Watermark.Value));
        double seconds = time.GetElapsedTime(before, now).TotalSeconds;
        double rate = seconds > 0 ? (log.Watermark.Value - watermark) / seconds : 0;
        _last[chain] = (now, log.Watermark.Value);

        long drops = ingest.SelectMany(report => report.Lanes).SelectMany(lane => lane.Drops).Sum(drop => drop.Count);
        string pool = string.Join("  ", _shown.Select(state => $"{state} {Count(fold, state)}"));
        string trouble = log.State == LogState.Writable ? string.Empty : $"  LOG {log.State}: {log.Detail}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"chain {chain}  seq {log.Watermark}  {rate,7:F0}/s  {pool}  lag {fold.Lag}  drops {drops}{PeerLines.Summary(ingest)}{trouble}");
    }

    private static long Count(PoolStatus fold, TxState state) => fold.TxsByState.Count > (int)state ? fold.TxsByState[(int)state] : 0;
}
