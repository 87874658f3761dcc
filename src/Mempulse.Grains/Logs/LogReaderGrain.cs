using Mempulse.Canon.Reading;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;
using Orleans.Concurrency;
using Orleans.Placement;

namespace Mempulse.Grains.Logs;

/// <summary>Reads a chain's log on the silo that holds it. Reentrant: reads run on the thread pool and are independent of each other.</summary>
[GrainType("mempulse.log-reader"), Reentrant, PreferLocalPlacement, Immovable]
internal sealed class LogReaderGrain(LogHost logs, TimeProvider time) : Grain, ILogReaderGrain
{
    /// <summary>Well below the response timeout of a grain call.</summary>
    private static readonly TimeSpan _longestWait = TimeSpan.FromSeconds(5);

    private ILogReader Log => logs.Of(GrainKeys.ChainOf(this.GetPrimaryKeyString())).Reader;

    public async ValueTask<SequencedBatch?> Read(GlobalSeq from, int maxBytes)
    {
        var log = Log;
        return await Task.Run(() => log.Read(from, Math.Clamp(maxBytes, 1, ILogReader.MaxPageBytes)));
    }

    public ValueTask<GlobalSeq> Watermark() => ValueTask.FromResult(Log.Watermark);

    public async ValueTask<GlobalSeq> WaitPast(GlobalSeq seq)
    {
        var log = Log;
        using var giveUp = new CancellationTokenSource(_longestWait, time);
        await log.WaitPastAsync(seq, giveUp.Token).AsTask().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        return log.Watermark;
    }

    public async ValueTask<IReadOnlyList<GlobalSeq>> Find(EventKey key, GlobalSeq after, int limit)
    {
        var log = Log;
        return await Task.Run(() => log.Find(key, after, Math.Clamp(limit, 1, ScanQuery.MaxLimit)));
    }

    public async ValueTask<RecordPage> ReadKey(EventKey key, GlobalSeq after, int limit)
    {
        var log = Log;
        return await Task.Run(() => LogQueries.ReadKey(log, key, after, limit));
    }

    public async ValueTask<RecordPage> Scan(ScanQuery query)
    {
        var log = Log;
        return await Task.Run(() => LogQueries.Scan(log, query));
    }
}
