using System.Collections.Concurrent;
using Mempulse.Devp2p.Dialing;
using Mempulse.Devp2p.Eth;
using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Sessions;
using Mempulse.Devp2p.Wire;
using Mempulse.Net.Ingest;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Peers;

/// <summary>Turns messages of the network into sightings, drops and events. Each peer is a source.</summary>
/// <remarks>Called concurrently on the loops of the peers.</remarks>
internal sealed class PeerListener(string lane, IngestPipeline pipeline, PeerBodyFetcher fetcher, BodyReceiver receiver, TimeProvider time) : IPeerListener
{
    /// <summary>How long the lane may search for its first peer, while no dial has failed, before it counts as disconnected.</summary>
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(10);

    private readonly long _startedAt = time.GetTimestamp();
    private readonly ConcurrentDictionary<NodeId, PeerSource> _peers = new();

    /// <summary>The last recorded reason of each configured node that is not a peer.</summary>
    private readonly ConcurrentDictionary<NodeId, DialFailureReason> _failing = new();
    private readonly Lock _gate = new();
    private readonly List<Task> _posting = [];
    private long _losses;
    private long _aloneSinceTicks = time.GetUtcNow().UtcTicks;
    private string _lastLoss = string.Empty;

    /// <summary>Records that the lane has no peer from here on, until the first one connects.</summary>
    public void Started() => PostFact(
        new LogEvent.PeerDialFailed(default, lane, lane, string.Empty, DialFailureReason.NoPeerYet, "The lane has started and has no peer yet."), default);

    public void PeerConnected(PeerDescription peer)
    {
        var source = new PeerSource(peer);
        _peers[peer.Id] = source;
        _failing.TryRemove(peer.Id, out _);
        bool isInbound = peer.Direction == PeerDirection.Inbound;
        PostFact(new LogEvent.PeerConnected(source.Key, source.Name, lane, peer.ClientName, peer.EthVersion, peer.Address.ToString(), isInbound), source.Id);
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
        Interlocked.Exchange(ref _aloneSinceTicks, time.GetUtcNow().UtcTicks);
        var reason = ReasonOf(loss);
        Volatile.Write(ref _lastLoss, $"{source.Name}: {reason}: {loss.Sentence}");
        pipeline.Metrics.SourceLost(reason);
        PostFact(new LogEvent.PeerLost(source.Key, source.Name, reason, (ulong)loss.Reason, loss.IsByPeer, loss.Sentence), source.Id);
    }

    public void DialFailed(DialledNode node)
    {
        var id = node.Node.Id;
        if (node.Failure is not { } failure || _peers.ContainsKey(id) || (_failing.TryGetValue(id, out var last) && last == failure.Reason))
        {
            return;
        }

        _failing[id] = failure.Reason;
        var key = id.ComputeHash();
        string name = PeerName.Of(key);
        PostFact(new LogEvent.PeerDialFailed(key, name, lane, node.Node.Place, failure.Reason, failure.Detail), SourceId.Of(name));
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
    /// Returns the connected peers and the configured nodes that cannot be connected, ordered by name. Without any peer, the lane itself is reported as
    /// disconnected, except in its first seconds, while no dial has failed.
    /// </summary>
    public IReadOnlyList<SourceStatus> ReadStatus(PeerSearch search)
    {
        var failing = search.Dials.Configured.Where(static node => node is { IsConnected: false, Failure: not null }).Select(FailingPeers.StatusOf);
        var sources = _peers.Values.Select(static peer => peer.ToStatus()).Concat(failing).OrderBy(static status => status.Name, StringComparer.Ordinal).ToList();
        long losses = Interlocked.Read(ref _losses);
        bool isStarting = losses == 0 && search.Dials.ByReason.Count == 0 && time.GetElapsedTime(_startedAt) < StartTime;
        if (_peers.IsEmpty && !isStarting)
        {
            var since = new DateTimeOffset(Interlocked.Read(ref _aloneSinceTicks), TimeSpan.Zero);
            sources.Insert(0, FailingPeers.StatusOf(lane, search, since, losses, Volatile.Read(ref _lastLoss)));
        }

        return sources;
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
    private void PostFact(LaneFact fact, SourceId source)
    {
        var posting = pipeline.PostAsync(IngestItem.Ready(fact, source, ObservationClock.Now(time)), CancellationToken.None);
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
