using Mempulse.Devp2p.Keys;
using Mempulse.Net.Ingest;
using Mempulse.Primitives;

namespace Mempulse.Net.Peers;

/// <summary>What is known, what is wanted, and of whom to ask it: each hash of one peer at a time.</summary>
/// <remarks>Guarded by its own lock; asks nobody itself, but says whom to ask now. Bounded by <see cref="PeerLaneOptions.WantedBodies"/>.</remarks>
internal sealed class WantedBodies(PeerLaneOptions options, DecodedBodies decoded)
{
    /// <summary>Blob transactions whose proofs are being checked, and peers whose copies were bad.</summary>
    private const int RememberedCopies = 4096;

    private readonly Lock _gate = new();
    private readonly Dictionary<Hash256, WantedBody> _wanted = [];
    private readonly RecentSet<Hash256> _claimed = new(options.Pipeline.RecentBodies);
    private readonly RecentSet<Hash256> _invalid = new(options.WantedBodies);
    private readonly RecentMap<Hash256, WantedBody> _unproven = new(RememberedCopies);
    private readonly RecentSet<(Hash256 Hash, NodeId Peer)> _refused = new(RememberedCopies);

    /// <summary>Bodies that are asked for or wait to be.</summary>
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

    /// <summary>Takes in what a peer announced: new hashes are to be asked of it, wanted ones have one more announcer.</summary>
    /// <returns>How many found no room, and the first of them.</returns>
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

    /// <summary>Takes in that a body arrived unasked; true when nobody had delivered it before.</summary>
    public bool TryClaim(Hash256 hash)
    {
        lock (_gate)
        {
            return Settle(hash) || _claimed.Add(hash);
        }
    }

    /// <summary>Takes in that a body of this type was delivered; true when nobody had delivered it before.</summary>
    /// <remarks>Of a blob transaction, whose hash does not cover its proofs, the other announcers are kept until it is known to be good.</remarks>
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

    /// <summary>A body is on record: no other announcer needs to be asked for it.</summary>
    public void Accept(Hash256 hash) => _unproven.TryTake(hash, out _);

    /// <summary>The copy that <paramref name="liar"/> delivered is bad: the next announcer is to be asked, and the liar no more.</summary>
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

    /// <summary>Ends a request: what it did not bring is asked of the next announcer, and given up where there is none.</summary>
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

    /// <summary>A peer is gone: what waited to be asked of it is asked of the next announcer, and given up where there is none.</summary>
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

    /// <summary>Takes everything that is still wanted; it is wanted no more.</summary>
    public List<WantedBody> TakeAll()
    {
        lock (_gate)
        {
            List<WantedBody> left = [.. _wanted.Values];
            left.ForEach(body => Forget(body));
            return left;
        }
    }

    /// <summary>A body did not come in: whoever shows it next is asked again.</summary>
    public void Unclaim(Hash256 hash)
    {
        lock (_gate)
        {
            _claimed.Remove(hash);
            _unproven.TryTake(hash, out _);
        }
    }

    /// <summary>A hash stands for bytes that are no valid transaction, whoever delivers them: it is asked for no more.</summary>
    public void Invalidate(Hash256 hash) => _invalid.Add(hash);

    /// <summary>True for what <see cref="Invalidate"/> was told lately.</summary>
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
