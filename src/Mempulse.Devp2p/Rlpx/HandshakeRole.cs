namespace Mempulse.Devp2p.Rlpx;

/// <summary>The role of this side in the handshake.</summary>
internal enum HandshakeRole
{
    /// <summary>Dials and sends the auth message.</summary>
    Initiator,

    /// <summary>Accepts and answers with the ack message.</summary>
    Recipient,
}
