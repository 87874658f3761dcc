namespace Mempulse.Devp2p.Rlpx;

/// <summary>The form of a handshake message.</summary>
internal enum HandshakeForm
{
    /// <summary>The fixed layout from before EIP-8, without length prefix; accepted, and answered in the same form.</summary>
    Legacy,

    /// <summary>EIP-8: a length prefix, an extensible RLP list, and random padding.</summary>
    Eip8,
}
