using Mempulse.Devp2p.Dialing;
using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Sessions;

namespace Mempulse.Devp2p;

/// <summary>How the opening of a connection ended.</summary>
/// <param name="Session">The session; null when opening failed.</param>
/// <param name="Remote">The public key of the other side; null when the handshake was not completed.</param>
/// <param name="Failure">Why it failed; null for a session, and when this node is closing.</param>
internal sealed record OpeningOutcome(PeerSession? Session, NodeId? Remote, DialFailure? Failure);
