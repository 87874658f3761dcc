using Mempulse.Devp2p.Wire;

namespace Mempulse.Devp2p.Sessions;

/// <summary>Why a peer was lost.</summary>
/// <param name="Reason">The protocol's disconnect reason.</param>
/// <param name="IsByPeer">True when the peer sent a disconnect; false when this side ended the session or the connection failed.</param>
/// <param name="Sentence">A human-readable explanation.</param>
public sealed record PeerLoss(DisconnectReason Reason, bool IsByPeer, string Sentence);
