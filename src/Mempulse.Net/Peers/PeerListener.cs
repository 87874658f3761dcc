using System.Collections.Concurrent;
using Mempulse.Devp2p.Eth;
using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Sessions;
using Mempulse.Devp2p.Wire;
using Mempulse.Net.Ingest;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Peers;

/// <summary>Turns messages of the network into sightings, drops and events. Each peer is a source.</summary>
/// <remarks>Called concurrently on the loops of the peers.</remarks>
internal sealed class PeerListener(string lane, IngestPipeline pipeline, PeerBodyFetcher fetcher, BodyReceiver receiver, TimeProvider time) : IPeerListener
{
    /// <summary>How long the lane may search for its first peer before it counts as disconnected.</summary>
    private static readonly TimeSpan StartTime = TimeSpan.FromMinutes(3);

    private readonly long _startedAt = time.GetTimestamp();
    private readonly ConcurrentDictionary<NodeId, PeerSource> _peers = new();
    private readonly Lock _gate = new();
    private readonly List<Task> _posting = [];
    private long _losses;
    private string _lastLoss = "No peer has been found yet.";

    public void PeerConnected(PeerDescription peer)
    {
        var source = new PeerSource(peer);
        _peers[peer.Id] = source;
        PostFact(source, new LogEvent.PeerConnected(
            source.Key, source.Name, lane, peer.ClientName, peer.EthVersion, peer.Address.ToString(), peer.Direction == PeerDirection.Inbound));
    }

    public void MessageReceived(PeerDescription peer, EthMessage message)
    {
        if (!_peers.TryGetValue(peer.Id, out var source))
        {
            return;
        }

        switch (message)
        {
            case EthMessage.NewPooledTransactionHashes announcement:
                TakeAnnouncement(source, announcement);
                break;
            case EthMessage.TransactionBroadcast broadcast:
                receiver.TakeBroadcast(source, broadcast.Bodies);
                break;
            default:
                break; // blocks come from the block follower, which verifies them
        }
    }

    public void PeerThrottled(PeerDescription peer, int droppedItems)
    {
        var id = _peers.TryGetValue(peer.Id, out var source) ? source.Id : default;
        pipeline.RecordDrops(DropReason.PeerThrottled, "peer limit", id, default, droppedItems, "The peer exceeds its limit of announcements.");
    }

    public void PeerLost(PeerDescription peer, PeerLoss loss)
    {
        if (!_peers.TryRemove(peer.Id, out var source))
        {
            return;
        }

        fetcher.Left(source);
        Interlocked.Increment(ref _losses);
        var reason = ReasonOf(loss);
        Volatile.Write(ref _lastLoss, $"{source.Name}: {reason}: {loss.Sentence}");
        pipeline.Metrics.SourceLost(reason);
        PostFact(source, new LogEvent.PeerLost(source.Key, source.Name, reason, (ulong)loss.Reason, loss.IsByPeer, loss.Sentence));
    }

    /// <summary>Waits until every event is queued.</summary>
    public async Task DrainAsync()
    {
        Task[] left;
        lock (_gate)
        {
            left = [.. _posting];
        }

        await Task.WhenAll(left).ConfigureAwait(false);
    }

    /// <summary>
    /// Returns the connected peers, ordered by name. Without any, the lane itself is reported as disconnected, except in its first minutes, when
    /// it still searches for its first peer.
    /// </summary>
    public IReadOnlyList<SourceStatus> ReadStatus(Enode self)
    {
        var peers = _peers.Values.Select(static peer => peer.ToStatus()).OrderBy(static status => status.Name, StringComparer.Ordinal).ToList();
        bool isStarting = Interlocked.Read(ref _losses) == 0 && time.GetElapsedTime(_startedAt) < StartTime;
        return peers.Count > 0 || isStarting
            ? peers
            : [new SourceStatus(lane, self.TcpEndPoint.ToString(), IsConnected: false, 0, Interlocked.Read(ref _losses), default, Volatile.Read(ref _lastLoss))];
    }

    private void TakeAnnouncement(PeerSource source, EthMessage.NewPooledTransactionHashes announcement)
    {
        // Recorded before the request, so that no delivery precedes its announcement.
        var now = ObservationClock.Now(time);
        var hashes = announcement.Hashes.Span;
        foreach (var hash in hashes)
        {
            pipeline.TryPost(IngestItem.Sighting(hash, SightingVia.PeerAnnouncement, source.Id, now));
        }

        source.Heard(hashes.Length, now);
        pipeline.Metrics.Announced(hashes.Length);
        fetcher.Announced(source, announcement.Types.Span, announcement.SizesBytes.Span, hashes);
    }

    /// <summary>Events wait for room and sightings do not, so that no connection or loss of a peer is dropped.</summary>
    private void PostFact(PeerSource source, LaneFact fact)
    {
        var posting = pipeline.PostAsync(IngestItem.Ready(fact, source.Id, ObservationClock.Now(time)), CancellationToken.None);
        if (posting.IsCompletedSuccessfully)
        {
            return;
        }

        lock (_gate)
        {
            _posting.RemoveAll(static task => task.IsCompleted);
            _posting.Add(posting.AsTask());
        }
    }

    private static SourceLossReason ReasonOf(PeerLoss loss) => loss.Reason switch
    {
        DisconnectReason.ClientQuitting when !loss.IsByPeer => SourceLossReason.Shutdown,
        DisconnectReason.Timeout when !loss.IsByPeer => SourceLossReason.Silent,
        DisconnectReason.ProtocolBreach or DisconnectReason.UselessPeer or DisconnectReason.SubprotocolError when !loss.IsByPeer => SourceLossReason.ProtocolViolation,
        _ => SourceLossReason.Closed,
    };
}
