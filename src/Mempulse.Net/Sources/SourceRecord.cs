using Mempulse.JsonRpc.Endpoints;
using Mempulse.Net.Ingest;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Sources;

/// <summary>Records the connections and losses of one source as events of its lane, and keeps its status.</summary>
/// <remarks>Written by the source's loop; any thread may read the status.</remarks>
internal sealed class SourceRecord(RpcEndpoint endpoint, string lane, ChainId chain, IngestPipeline pipeline, TimeProvider time)
{
    private bool _isConnected;
    private long _losses;
    private UnixNanoseconds _lastHeard;
    private string _lastLoss = string.Empty;

    /// <summary>Its identity in events.</summary>
    public SourceId Id { get; } = SourceId.Of(endpoint.Name);

    /// <summary>Notes that the source sent data, and returns the time.</summary>
    public UnixNanoseconds Heard() => _lastHeard = ObservationClock.Now(time);

    /// <summary>Records a connection.</summary>
    public async ValueTask ConnectedAsync(SourceSession session, CancellationToken cancellationToken)
    {
        Volatile.Write(ref _isConnected, true);
        var connected = new LogEvent.SourceConnected(endpoint.Name, lane, endpoint.Shown, chain, session.ClientVersion, IsSynthetic: false);
        await pipeline.PostAsync(IngestItem.Ready(connected, Id, ObservationClock.Now(time)), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Records a loss.</summary>
    public async ValueTask LostAsync(SourceLossReason reason, string detail, CancellationToken cancellationToken)
    {
        Volatile.Write(ref _isConnected, false);
        _losses++;
        _lastLoss = $"{reason}: {detail}";
        var lost = new LogEvent.SourceLost(endpoint.Name, reason, detail);
        await pipeline.PostAsync(IngestItem.Ready(lost, Id, ObservationClock.Now(time)), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Records the end of a connected source.</summary>
    public ValueTask StopAsync(CancellationToken cancellationToken) => Volatile.Read(ref _isConnected)
        ? LostAsync(SourceLossReason.Shutdown, "The lane was stopped.", cancellationToken)
        : ValueTask.CompletedTask;

    /// <summary>Returns the status of the source, with its lane's count of sightings.</summary>
    public SourceStatus ReadStatus(long sightings) =>
        new(endpoint.Name, endpoint.Shown, Volatile.Read(ref _isConnected), sightings, _losses, _lastHeard, _lastLoss);
}
