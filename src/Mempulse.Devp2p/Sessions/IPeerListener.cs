using Mempulse.Devp2p.Dialing;
using Mempulse.Devp2p.Eth;

namespace Mempulse.Devp2p.Sessions;

/// <summary>Receives the events and messages of peers.</summary>
/// <remarks>
/// Called on the peer's own loop: serially for one peer, concurrently for several. A slow listener delays only that peer. Implementations must not
/// throw.
/// </remarks>
public interface IPeerListener
{
    /// <summary>A peer is connected: handshake, hello and status are complete, and it is on our chain.</summary>
    void PeerConnected(PeerDescription peer);

    /// <summary>A peer sent a message that is not a response: announcements, transactions, blocks, a block range.</summary>
    void MessageReceived(PeerDescription peer, EthMessage message);

    /// <summary>A message of the peer exceeded the rate limit and was dropped.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="droppedItems">Number of transactions or announcements in the dropped message.</param>
    void PeerThrottled(PeerDescription peer, int droppedItems);

    /// <summary>The peer is disconnected; no further call follows for it.</summary>
    void PeerLost(PeerDescription peer, PeerLoss loss);

    /// <summary>A connection with a static or trusted node did not become a peer. Called for each attempt, on any thread.</summary>
    void DialFailed(DialledNode node);
}
