using Mempulse.JsonRpc.Endpoints;
using Mempulse.Net.Ingest;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Sources;

/// <summary>Records the connections and losses of one source as events of its lane, and keeps its status.</summary>
/// <remarks>
/// An outage is one loss. Each failed attempt updates the status; a reason that is new in the outage is recorded too, so that the log knows why a source
/// stayed away, and holds at most one event per reason and outage. Written by the source's loop; any thread may read the status.
/// </remarks>
internal sealed class SourceRecord(RpcEndpoint endpoint, string lane, ChainId chain, IngestPipeline pipeline, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly HashSet<SourceLossReason> _reasonsOnRecord = [];
    private bool _isConnected;
    private long _losses;
    private UnixNanoseconds _lastHeard;
    private UnixNanoseconds _lastTry;
    private UnixNanoseconds _lostSince;
    private string _lastLoss = string.Empty;
    private string _reception = string.Empty;

    /// <summary>Its identity in events.</summary>
    public SourceId Id { get; } = SourceId.Of(endpoint.Name);

    /// <summary>Notes that the source sent data, and returns the time.</summary>
    public UnixNanoseconds Heard()
    {
        var now = ObservationClock.Now(time);
        lock (_gate)
        {
            _lastHeard = now;
        }

        return now;
    }

    /// <summary>Notes that a connection is tried.</summary>
    public void Trying()
    {
        lock (_gate)
        {
            _lastTry = ObservationClock.Now(time);
        }
    }

    /// <summary>Notes how the connected source is received.</summary>
    public void ReceivedBy(string reception)
    {
        lock (_gate)
        {
            _reception = reception;
        }
    }

    /// <summary>Records a connection.</summary>
    public async ValueTask ConnectedAsync(string clientVersion, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _isConnected = true;
            _lostSince = default;
            _reasonsOnRecord.Clear();
        }

        var connected = new LogEvent.SourceConnected(endpoint.Name, lane, endpoint.Shown, chain, clientVersion, IsSynthetic: false);
        await pipeline.PostAsync(IngestItem.Ready(connected, Id, ObservationClock.Now(time)), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Notes a loss or a failed attempt to connect. Records it if the outage begins or its reason is new in the outage.</summary>
    public async ValueTask LostAsync(SourceLossReason reason, string detail, CancellationToken cancellationToken)
    {
        var now = ObservationClock.Now(time);
        if (IsNew(reason, detail, now))
        {
            var lost = new LogEvent.SourceLost(endpoint.Name, reason, detail);
            await pipeline.PostAsync(IngestItem.Ready(lost, Id, now), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Records the end of a connected source.</summary>
    public ValueTask StopAsync(CancellationToken cancellationToken) => Volatile.Read(ref _isConnected)
        ? LostAsync(SourceLossReason.Shutdown, "The lane was stopped.", cancellationToken)
        : ValueTask.CompletedTask;

    /// <summary>Returns the status of the source, with its lane's count of sightings.</summary>
    public SourceStatus ReadStatus(long sightings)
    {
        lock (_gate)
        {
            return new SourceStatus(endpoint.Name, endpoint.Shown, _isConnected, sightings, _losses, _lastHeard, _lastLoss)
            {
                Reception = _isConnected ? _reception : string.Empty,
                Problem = _isConnected ? string.Empty : _lastLoss,
                ProblemSince = _lostSince,
                LastTry = _lastTry,
            };
        }
    }

    private bool IsNew(SourceLossReason reason, string detail, UnixNanoseconds now)
    {
        lock (_gate)
        {
            _isConnected = false;
            _lastLoss = detail;
            if (_lostSince == default)
            {
                _lostSince = now;
                _losses++;
            }

            return _reasonsOnRecord.Add(reason);
        }
    }
}
