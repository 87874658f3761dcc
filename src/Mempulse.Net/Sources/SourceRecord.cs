using Mempulse.JsonRpc.Endpoints;
using Mempulse.Net.Ingest;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Sources;

/// <summary>One source on record: its connections and losses as events of its lane, and its status.</summary>
/// <remarks>Written by the source's loop; any thread may read the status.</remarks>
internal sealed class SourceRecord(RpcEndpoint endpoint, string lane, ChainId chain, IngestPipeline pipeline, TimeProvider time)
{
    private bool _isConnected;
    private long _losses;
    private UnixNanoseconds _lastHeard;
    private string _lastLoss = string.Empty;

    /// <summary>Its identity in events.</summary>
    public SourceId Id { get; } = SourceId.Of(endpoint.Name);

    /// <summary>Notes that it sent something, and returns the time.</summary>
    public UnixNanoseconds Heard() => _lastHeard = ObservationClock.Now(time);

    /// <summary>Records that it is connected.</summary>
    public async ValueTask ConnectedAsync(SourceSession session, CancellationToken cancellationToken)
    {
        Volatile.Write(ref _isConnected, true);
        var connected = new LogEvent.SourceConnected(endpoint.Name, lane, session.Endpoint.Shown, chain, session.ClientVersion, IsSynthetic: false);
        await pipeline.PostAsync(IngestItem.Ready(connected, Id, ObservationClock.Now(time)), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Records that it is lost.</summary>
    public async ValueTask LostAsync(SourceLossReason reason, string detail, CancellationToken cancellationToken)
    {
        Volatile.Write(ref _isConnected, false);
        _losses++;
        _lastLoss = $"{reason}: {detail}";
        var lost = new LogEvent.SourceLost(endpoint.Name, reason, detail);
        await pipeline.PostAsync(IngestItem.Ready(lost, Id, ObservationClock.Now(time)), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Records the end, if the source was connected.</summary>
    public ValueTask StopAsync(CancellationToken cancellationToken) => Volatile.Read(ref _isConnected)
        ? LostAsync(SourceLossReason.Shutdown, "The lane was stopped.", cancellationToken)
        : ValueTask.CompletedTask;

    /// <summary>The source as it stands, with what its lane counts of it.</summary>
    public SourceStatus ReadStatus(long sightings) =>
        new(endpoint.Name, endpoint.Shown, Volatile.Read(ref _isConnected), sightings, _losses, _lastHeard, _lastLoss);
}
