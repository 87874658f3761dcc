using Mempulse.JsonRpc.Endpoints;
using Mempulse.Net.Ingest;
using Mempulse.Net.Metrics;
using Mempulse.Primitives;

namespace Mempulse.Net.Sources;

/// <summary>The sources of one lane, each with the loop that keeps it connected.</summary>
internal sealed class SourceLoops(
    IReadOnlyList<ISourceListener> sources,
    IReadOnlyList<RpcEndpoint> endpoints,
    ChainId chain,
    RpcConnectionOptions connection,
    TimeProvider time,
    IngestMetrics metrics)
{
    /// <summary>What runs as long as the lane.</summary>
    public IEnumerable<Func<CancellationToken, Task>> Parts => sources.Select((source, index) =>
        (Func<CancellationToken, Task>)new SourceLoop(endpoints[index], chain, connection, time, metrics, source).RunAsync);

    /// <summary>Once the loops have ended: records the end of every source that was connected.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var source in sources)
        {
            await source.Record.StopAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The sources as they stand, in order of their names.</summary>
    public IReadOnlyList<SourceStatus> ReadStatus() =>
        [.. sources.Select(source => source.ReadStatus()).OrderBy(status => status.Name, StringComparer.Ordinal)];
}
