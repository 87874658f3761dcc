using Mempulse.Primitives;

namespace Mempulse.Net.Peers;

/// <summary>A body that is asked for or waits to be: who announced it, and who was asked.</summary>
/// <remarks>Guarded by the fetcher's lock. Asked of one peer at a time.</remarks>
internal sealed class WantedBody(Hash256 hash)
{
    private readonly List<(PeerSource Peer, TxClaim Claim)> _announcers = new(2);
    private int _asked;

    /// <summary>The transaction.</summary>
    public Hash256 Hash { get; } = hash;

    /// <summary>What the peer that is being asked announced.</summary>
    public TxClaim Claim => _announcers[_asked - 1].Claim;

    /// <summary>It was delivered or given up meanwhile; whoever still has it in hand lets go of it.</summary>
    public bool IsSettled { get; set; }

    /// <summary>Notes an announcer, unless it is one already or there are enough.</summary>
    public void Add(PeerSource peer, TxClaim claim, int limit)
    {
        if (_announcers.Count < limit && !_announcers.Exists(known => ReferenceEquals(known.Peer, peer)))
        {
            _announcers.Add((peer, claim));
        }
    }

    /// <summary>The next announcer that was not asked and is still there, in the order of their announcements; null when there is none.</summary>
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
