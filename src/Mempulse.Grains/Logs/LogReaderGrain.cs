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
internal sealed class LogReaderGrain(LogHost logs) : Grain, ILogReaderGrain
{
    private ILogReader Log => logs.Of(GrainKeys.ChainOf(this.GetPrimaryKeyString())).Reader;

    public ValueTask<GlobalSeq> Watermark() => ValueTask.FromResult(Log.Watermark);

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
