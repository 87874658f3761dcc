using Mempulse.JsonRpc.Endpoints;
using Mempulse.Net.Ingest;
using Mempulse.Observability;
using Mempulse.Primitives;

namespace Mempulse.Net.Sources;

/// <summary>Runs the sources of one lane, each in a loop that keeps it connected.</summary>
internal sealed class SourceLoops(
    IReadOnlyList<ISourceListener> sources,
    IReadOnlyList<RpcEndpoint> endpoints,
    ChainId chain,
    RpcConnectionOptions connection,
    TimeProvider time,
    LaneMeter metrics)
{
    /// <summary>The loops, which run as long as the lane.</summary>
    public IEnumerable<Func<CancellationToken, Task>> Parts => sources.Select((source, index) =>
        (Func<CancellationToken, Task>)new SourceLoop(endpoints[index], chain, connection, time, metrics, source).RunAsync);

    /// <summary>Records the end of every connected source. Called once the loops have ended.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var source in sources)
        {
            await source.Record.StopAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Returns the status of the sources, ordered by name.</summary>
    public IReadOnlyList<SourceStatus> ReadStatus() =>
        [.. sources.Select(source => source.ReadStatus()).OrderBy(status => status.Name, StringComparer.Ordinal)];
}
