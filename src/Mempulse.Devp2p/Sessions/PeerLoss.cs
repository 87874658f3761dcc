using Mempulse.Devp2p.Wire;

namespace Mempulse.Devp2p.Sessions;

/// <summary>Why a peer is gone.</summary>
/// <param name="Reason">The reason in the protocol's numbers.</param>
/// <param name="IsByPeer">True when the peer said so, false when this side ended it or the connection failed.</param>
/// <param name="Sentence">For people.</param>
public sealed record PeerLoss(DisconnectReason Reason, bool IsByPeer, string Sentence);
