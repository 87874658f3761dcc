using System.Collections.Concurrent;
using Mempulse.Devp2p.Eth;
using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Sessions;
using Mempulse.Devp2p.Wire;
using Mempulse.Net.Ingest;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Peers;

/// <summary>Turns what the network tells into sightings, drops and events: one source for each peer.</summary>
/// <remarks>Called on the peers' own loops, several at once.</remarks>
internal sealed class PeerListener(string lane, IngestPipeline pipeline, PeerBodyFetcher fetcher, BodyReceiver receiver, TimeProvider time) : IPeerListener
{
    /// <summary>How long a node may look for its first peer before the lane counts as one that hears nothing.</summary>
    private static readonly TimeSpan StartTime = TimeSpan.FromMinutes(3);

    private readonly long _startedAt = time.GetTimestamp();
    private readonly ConcurrentDictionary<NodeId, PeerSource> _peers = new();
    private readonly Lock _gate = new();
    private readonly List<Task> _posting = [];
    private long _losses;
    private string _lastLoss = "No peer was found yet.";

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
                break; // blocks come from the block follower, which can verify them
        }
    }

    public void PeerThrottled(PeerDescription peer, int droppedItems)
    {
        var id = _peers.TryGetValue(peer.Id, out var source) ? source.Id : default;
        pipeline.RecordDrops(DropReason.PeerThrottled, "peer limit", id, default, droppedItems, "The peer tells more than it may.");
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

    /// <summary>Waits until every event is in the queue.</summary>
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
    /// The connected peers by name. Without any, the lane itself stands for them, so that somebody notices; but not in its first minutes, when
    /// it looks for its first peer and nothing is wrong.
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
        // Recorded before it is asked for, so that no delivery comes before its announcement.
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

    /// <summary>Events wait for room where sightings are dropped: that a peer came or went is never lost.</summary>
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
