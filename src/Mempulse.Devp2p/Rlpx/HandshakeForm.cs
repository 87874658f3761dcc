namespace Mempulse.Devp2p.Rlpx;

/// <summary>The two forms of handshake messages that were ever in use.</summary>
internal enum HandshakeForm
{
    /// <summary>Fixed layout, no length: understood, and answered in kind.</summary>
    Legacy,

    /// <summary>EIP-8: a length, an RLP list that may have more items, random padding.</summary>
    Eip8,
}
