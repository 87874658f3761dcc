using Mempulse.Devp2p;
using Mempulse.Devp2p.Sessions;
using Mempulse.Net.Ingest;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Peers;

/// <summary>Processes delivered and broadcast bodies. Each is a sighting of its peer, the first copy is also decoded, and a mismatch counts against the peer.</summary>
/// <remarks>Safe for any thread. Hash, type and size are checked here; chain, signature and blob proofs by the decode workers, which report the outcome.</remarks>
internal sealed class BodyReceiver(IngestPipeline pipeline, WantedBodies wanted, IP2pRuntime runtime, int remembered, TimeProvider time)
{
    /// <summary>The newest known transaction type. A peer is not penalised for a type of a later fork.</summary>
    private const byte LastKnownType = 4;

    private readonly RecentMap<Hash256, (PeerSource Peer, byte Type)> _deliverers = new(remembered);

    /// <summary>Processes an answer, up to the first body that was not requested.</summary>
    /// <returns>Which of the requested bodies it contains.</returns>
    public async ValueTask<bool[]> TakeAnswerAsync(BodyAsk ask, IReadOnlyList<ReadOnlyMemory<byte>> bodies)
    {
        bool[] isDelivered = new bool[ask.Bodies.Count];
        var now = ObservationClock.Now(time);
        int next = 0;
        foreach (var body in bodies) // ends after at most the requested number of bodies
        {
            bool isRead = BodyIdentity.TryRead(body.Span, out var identity);
            int index = isRead ? ask.IndexOf(identity.Hash, next) : -1;
            if (index < 0 || isDelivered[index])
            {
                var offence = isRead ? PeerOffence.AnnouncementMismatch : PeerOffence.InvalidTransaction;
                Blame(ask.Peer, offence, identity.Hash, "delivery", "The peer delivered a body that was not requested.");
                break;
            }

            next = index + 1;
            isDelivered[index] = true;
            if (!ask.Claims[index].Fits(identity))
            {
                runtime.Penalize(ask.Peer.Peer.Id, PeerOffence.AnnouncementMismatch);
            }

            bool isFirst = wanted.TryDeliver(ask.Bodies[index], identity.Type);
            var item = ItemOf(ask.Peer, body, identity, SightingVia.PeerDelivery, now, isFirst);
            if (!await pipeline.PostAsync(item, CancellationToken.None).ConfigureAwait(false) && isFirst)
            {
                wanted.Unclaim(identity.Hash);
            }
        }

        int received = isDelivered.Count(static delivered => delivered);
        ask.Peer.Heard(received, now);
        pipeline.Metrics.PeerBodies("received", received);
        return isDelivered;
    }

    /// <summary>Processes broadcast bodies.</summary>
    public void TakeBroadcast(PeerSource peer, IReadOnlyList<ReadOnlyMemory<byte>> bodies)
    {
        var now = ObservationClock.Now(time);
        foreach (var body in bodies)
        {
            if (!BodyIdentity.TryRead(body.Span, out var identity) || identity.Type == TxClaim.BlobType || wanted.IsInvalid(identity.Hash))
            {
                Blame(peer, PeerOffence.InvalidTransaction, identity.Hash, "broadcast", "The peer broadcast bytes that are not a transaction, an invalid transaction, or a blob transaction.");
                continue;
            }

            bool isFirst = wanted.TryClaim(identity.Hash);
            if (!pipeline.TryPost(ItemOf(peer, body, identity, SightingVia.PeerGossip, now, isFirst)) && isFirst)
            {
                wanted.Unclaim(identity.Hash);
            }
        }

        peer.Heard(bodies.Count, now);
        pipeline.Metrics.PeerBodies("broadcast", bodies.Count);
    }

    /// <summary>A body was decoded.</summary>
    public void Decoded(Hash256 hash) => wanted.Accept(hash);

    /// <summary>A body is invalid, or the log refused it.</summary>
    public void Failed(Hash256 hash, DropReason reason)
    {
        wanted.Unclaim(hash);
        bool isInvalid = reason is DropReason.DecodeFail or DropReason.InvalidProtocol;
        if (_deliverers.TryTake(hash, out var delivered) && isInvalid && delivered.Type <= LastKnownType)
        {
            runtime.Penalize(delivered.Peer.Peer.Id, PeerOffence.InvalidTransaction);
            pipeline.Metrics.PeerBodies("refused", 1);
            wanted.Invalidate(hash);
        }
    }

    /// <summary>A copy is invalid in a part that its hash does not cover, such as the proofs of blobs.</summary>
    /// <returns>The peer that delivered it; null if it is not known any more.</returns>
    public PeerSource? CopyRefused(Hash256 hash)
    {
        if (!_deliverers.TryTake(hash, out var delivered))
        {
            wanted.Unclaim(hash);
            return null;
        }

        runtime.Penalize(delivered.Peer.Peer.Id, PeerOffence.InvalidTransaction);
        pipeline.Metrics.PeerBodies("refused", 1);
        return delivered.Peer;
    }

    private IngestItem ItemOf(PeerSource peer, ReadOnlyMemory<byte> body, in BodyIdentity identity, SightingVia via, UnixNanoseconds now, bool isFirst)
    {
        if (!isFirst)
        {
            return IngestItem.Sighting(identity.Hash, via, peer.Id, now);
        }

        _deliverers.Set(identity.Hash, (peer, identity.Type));
        return IngestItem.PushedBody(body, identity.Hash, via, peer.Id, now);
    }

    private void Blame(PeerSource peer, PeerOffence offence, Hash256 hash, string check, string sentence)
    {
        runtime.Penalize(peer.Peer.Id, offence);
        pipeline.Metrics.PeerBodies("refused", 1);
        pipeline.RecordDrop(DropReason.InvalidProtocol, check, peer.Id, hash, sentence);
    }
}
