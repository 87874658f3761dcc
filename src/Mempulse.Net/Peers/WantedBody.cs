using Mempulse.Primitives;

namespace Mempulse.Net.Peers;

/// <summary>A body that is requested or waiting, with its announcers.</summary>
/// <remarks>Guarded by the fetcher's lock. Requested from one peer at a time.</remarks>
internal sealed class WantedBody(Hash256 hash)
{
    private readonly List<(PeerSource Peer, TxClaim Claim)> _announcers = new(2);
    private int _asked;

    /// <summary>The transaction.</summary>
    public Hash256 Hash { get; } = hash;

    /// <summary>The announcement of the peer that is being asked.</summary>
    public TxClaim Claim => _announcers[_asked - 1].Claim;

    /// <summary>True once it is delivered or abandoned; a request that still holds it ignores it.</summary>
    public bool IsSettled { get; set; }

    /// <summary>Adds an announcer, unless it is known or the limit is reached.</summary>
    public void Add(PeerSource peer, TxClaim claim, int limit)
    {
        if (_announcers.Count < limit && !_announcers.Exists(known => ReferenceEquals(known.Peer, peer)))
        {
            _announcers.Add((peer, claim));
        }
    }

    /// <summary>Returns the next connected announcer that was not asked yet, in order of announcement; null if all were asked.</summary>
    public PeerSource? TakeNext()
    {
        while (_asked < _announcers.Count)
        {
            var peer = _announcers[_asked++].Peer;
            if (!peer.IsGone)
            {
                return peer;
            }
        }

        return null;
    }
}
