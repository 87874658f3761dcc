using Mempulse.Devp2p.Keys;
using Mempulse.Net.Ingest;
using Mempulse.Primitives;

namespace Mempulse.Net.Peers;

/// <summary>The bodies that are wanted and the peers to request them from, each hash from one peer at a time.</summary>
/// <remarks>Guarded by its own lock. Sends nothing itself: it returns the requests to send. Bounded by <see cref="PeerLaneOptions.WantedBodies"/>.</remarks>
internal sealed class WantedBodies(PeerLaneOptions options, DecodedBodies decoded)
{
    /// <summary>Number of blob transactions under verification, and of invalid copies, that are remembered.</summary>
    private const int RememberedCopies = 4096;

    private readonly Lock _gate = new();
    private readonly Dictionary<Hash256, WantedBody> _wanted = [];
    private readonly RecentSet<Hash256> _claimed = new(options.Pipeline.RecentBodies);
    private readonly RecentSet<Hash256> _invalid = new(options.WantedBodies);
    private readonly RecentMap<Hash256, WantedBody> _unproven = new(RememberedCopies);
    private readonly RecentSet<(Hash256 Hash, NodeId Peer)> _refused = new(RememberedCopies);

    /// <summary>Number of bodies requested or waiting.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _wanted.Count;
            }
        }
    }

    /// <summary>Processes an announcement: new hashes are requested from the peer, wanted ones gain an announcer.</summary>
    /// <returns>The number of hashes that found no room, and the first of them.</returns>
    public (int Count, Hash256 First) Announce(PeerSource peer, ReadOnlySpan<byte> types, ReadOnlySpan<uint> sizesBytes, ReadOnlySpan<Hash256> hashes, List<BodyAsk> asks)
    {
        (int Count, Hash256 First) unplaced = default;
        lock (_gate)
        {
            for (int i = 0; i < hashes.Length; i++)
            {
                if (!TryAnnounce(peer, new TxClaim(types[i], sizesBytes[i]), hashes[i]))
                {
                    unplaced = (unplaced.Count + 1, unplaced.Count == 0 ? hashes[i] : unplaced.First);
                }
            }

            Pack(peer, asks);
        }

        return unplaced;
    }

    /// <summary>Notes a broadcast body. Returns true if it was not delivered before.</summary>
    public bool TryClaim(Hash256 hash)
    {
        lock (_gate)
        {
            return Settle(hash) || _claimed.Add(hash);
        }
    }

    /// <summary>Notes a delivered body of a type. Returns true if it was not delivered before.</summary>
    /// <remarks>The other announcers of a blob transaction are kept until its proofs, which its hash does not cover, are verified.</remarks>
    public bool TryDeliver(WantedBody body, byte type)
    {
        lock (_gate)
        {
            if (body.IsSettled || !Settle(body.Hash))
            {
                return false;
            }

            if (type == TxClaim.BlobType)
            {
                _unproven.Set(body.Hash, body);
            }

            return true;
        }
    }

    /// <summary>Notes that a body is on record, so that no other announcer is needed.</summary>
    public void Accept(Hash256 hash) => _unproven.TryTake(hash, out _);

    /// <summary>Notes that <paramref name="liar"/> delivered an invalid copy. The body is requested from the next announcer, and not from this peer again.</summary>
    public void RefuseCopy(Hash256 hash, PeerSource liar, List<BodyAsk> asks)
    {
        lock (_gate)
        {
            _refused.Add((hash, liar.Peer.Id));
            if (_wanted.Count < options.WantedBodies && _unproven.TryTake(hash, out var body) && body.TakeNext() is { } next)
            {
                body.IsSettled = false;
                _wanted.Add(hash, body);
                Enqueue(next, body);
                Pack(next, asks);
                return;
            }

            _unproven.TryTake(hash, out _);
            _claimed.Remove(hash);
        }
    }

    /// <summary>Ends a request. Missing bodies are requested from the next announcer, or abandoned if no announcer is left.</summary>
    public List<WantedBody> Finish(BodyAsk ask, ReadOnlySpan<bool> isDelivered, List<BodyAsk> asks)
    {
        List<WantedBody> givenUp = [];
        lock (_gate)
        {
            ask.Peer.Requests -= ask.IsBlob ? 0 : 1;
            ask.Peer.BlobRequests -= ask.IsBlob ? 1 : 0;
            for (int i = 0; i < ask.Bodies.Count; i++)
            {
                if (!isDelivered[i])
                {
                    AskNext(ask.Bodies[i], givenUp, asks);
                }
            }

            Pack(ask.Peer, asks);
        }

        return givenUp;
    }

    /// <summary>Removes a peer. Bodies that waited for it are requested from the next announcer, or abandoned if no announcer is left.</summary>
    public List<WantedBody> Leave(PeerSource peer, List<BodyAsk> asks)
    {
        List<WantedBody> givenUp = [];
        lock (_gate)
        {
            peer.IsGone = true;
            while (peer.Waiting.TryDequeue(out var body) || peer.WaitingBlobs.TryDequeue(out body))
            {
                AskNext(body, givenUp, asks);
            }
        }

        return givenUp;
    }

    /// <summary>Removes and returns all wanted bodies.</summary>
    public List<WantedBody> TakeAll()
    {
        lock (_gate)
        {
            List<WantedBody> left = [.. _wanted.Values];
            left.ForEach(body => Forget(body));
            return left;
        }
    }

    /// <summary>Notes that a body did not reach the log, so that its next announcement leads to a request.</summary>
    public void Unclaim(Hash256 hash)
    {
        lock (_gate)
        {
            _claimed.Remove(hash);
            _unproven.TryTake(hash, out _);
        }
    }

    /// <summary>Notes that a hash belongs to an invalid transaction, which is not requested again.</summary>
    public void Invalidate(Hash256 hash) => _invalid.Add(hash);

    /// <summary>Returns true if <see cref="Invalidate"/> was called recently for the hash.</summary>
    public bool IsInvalid(Hash256 hash) => _invalid.Contains(hash);

    private bool TryAnnounce(PeerSource peer, TxClaim claim, Hash256 hash)
    {
        if (_wanted.TryGetValue(hash, out var known) || _unproven.TryGet(hash, out known))
        {
            if (!_refused.Contains((hash, peer.Peer.Id)))
            {
                known.Add(peer, claim, options.AnnouncersPerBody);
            }

            return true;
        }

        if (peer.IsGone || _invalid.Contains(hash) || _refused.Contains((hash, peer.Peer.Id)) || decoded.Contains(hash) || !_claimed.Add(hash))
        {
            return true;
        }

        if (_wanted.Count >= options.WantedBodies)
        {
            _claimed.Remove(hash);
            return false;
        }

        var body = new WantedBody(hash);
        body.Add(peer, claim, options.AnnouncersPerBody);
        _wanted.Add(hash, body);
        Enqueue(body.TakeNext()!, body);
        return true;
    }

    private void AskNext(WantedBody body, List<WantedBody> givenUp, List<BodyAsk> asks)
    {
        if (body.IsSettled)
        {
            return;
        }

        if (body.TakeNext() is { } next)
        {
            Enqueue(next, body);
            Pack(next, asks);
            return;
        }

        Forget(body);
        givenUp.Add(body);
    }

    private static void Enqueue(PeerSource peer, WantedBody body) => (body.Claim.IsBlob ? peer.WaitingBlobs : peer.Waiting).Enqueue(body);

    private void Pack(PeerSource peer, List<BodyAsk> asks)
    {
        while (peer.Requests < options.RequestsPerPeer && TryPack(peer, peer.Waiting, options.BodiesPerRequest, isBlob: false) is { } ask)
        {
            peer.Requests++;
            asks.Add(ask);
        }

        while (peer.BlobRequests < options.BlobRequestsPerPeer && TryPack(peer, peer.WaitingBlobs, limit: 1, isBlob: true) is { } ask)
        {
            peer.BlobRequests++;
            asks.Add(ask);
        }
    }

    private BodyAsk? TryPack(PeerSource peer, Queue<WantedBody> waiting, int limit, bool isBlob)
    {
        List<WantedBody> bodies = [];
        List<TxClaim> claims = [];
        long bytes = 0;
        while (bodies.Count < limit && waiting.TryPeek(out var body) && (bodies.Count == 0 || bytes + body.Claim.SizeBytes <= options.RequestBytes))
        {
            waiting.Dequeue();
            if (!body.IsSettled)
            {
                bodies.Add(body);
                claims.Add(body.Claim);
                bytes += body.Claim.SizeBytes;
            }
        }

        return bodies.Count == 0 ? null : new BodyAsk(peer, bodies, claims, isBlob);
    }

    private bool Settle(Hash256 hash)
    {
        if (!_wanted.Remove(hash, out var body))
        {
            return false;
        }

        body.IsSettled = true;
        return true;
    }

    private void Forget(WantedBody body)
    {
        Settle(body.Hash);
        _claimed.Remove(body.Hash);
    }
}
