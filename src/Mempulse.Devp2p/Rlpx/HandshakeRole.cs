namespace Mempulse.Devp2p.Rlpx;

/// <summary>Who spoke first.</summary>
internal enum HandshakeRole
{
    /// <summary>Dialled, and sent the auth message.</summary>
    Initiator,

    /// <summary>Was dialled, and answered with the ack message.</summary>
    Recipient,
}
