using Mempulse.Devp2p.Eth;

namespace Mempulse.Devp2p.Sessions;

/// <summary>Hears what peers say.</summary>
/// <remarks>
/// Called on the peer's own loop, one call at a time for each peer and for several peers at once. A listener that takes long holds up that
/// peer alone; it must not throw.
/// </remarks>
public interface IPeerListener
{
    /// <summary>A peer is there: handshake, hello and status are done and its chain is ours.</summary>
    void PeerConnected(PeerDescription peer);

    /// <summary>A peer said something without being asked: announcements, transactions, blocks, a range.</summary>
    void MessageReceived(PeerDescription peer, EthMessage message);

    /// <summary>A peer said more than it may; so many transactions or announcements of it were dropped.</summary>
    void PeerThrottled(PeerDescription peer, int droppedItems);

    /// <summary>The peer is gone; nothing more of it follows.</summary>
    void PeerLost(PeerDescription peer, PeerLoss loss);
}
