using Mempulse.Canon.Reading;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Grains.Placement;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;
using Orleans.Concurrency;
using Orleans.Placement;

namespace Mempulse.Grains.Logs;

/// <summary>Reads a chain's log on the silo that holds it. Reentrant: reads run on the thread pool and are independent of each other.</summary>
/// <remarks>As many reads run at a time as there are cores; more would take longer together, and hold more pages. The others wait in the grain.</remarks>
[GrainType("mempulse.log-reader"), BesideLog, Reentrant, PreferLocalPlacement, Immovable]
internal sealed class LogReaderGrain(LogHost logs, RulesStores rules) : Grain, ILogReaderGrain, IDisposable
{
    private readonly SemaphoreSlim _reads = new(Environment.ProcessorCount);

    private ChainId Chain => GrainKeys.ChainOf(this.GetPrimaryKeyString());

    private ILogReader Log => logs.Of(Chain).Reader;

    public ValueTask<GlobalSeq> Watermark() => ValueTask.FromResult(Log.Watermark);

    public ValueTask<RecordPage> ReadKey(EventKey key, GlobalSeq after, int limit) => ReadAsync(log => LogQueries.ReadKey(log, key, after, limit));

    public ValueTask<RecordPage> Scan(ScanQuery query) => ReadAsync(log => LogQueries.Scan(log, query));

    public ValueTask<ReadOnlyMemory<byte>?> ReadRules(Hash256 content)
    {
        var store = rules.Of(Chain);
        return ReadAsync(_ => store.TryRead(content, out var bytes) ? bytes : (ReadOnlyMemory<byte>?)null);
    }

    public void Dispose() => _reads.Dispose();

    private async ValueTask<T> ReadAsync<T>(Func<ILogReader, T> read)
    {
        var log = Log;
        await _reads.WaitAsync();
        try
        {
            return await Task.Run(() => read(log));
        }
        finally
        {
            _reads.Release();
        }
    }
}
