namespace Mempulse.Devp2p.Wire;

/// <summary>Why a connection ends; the numbers are those of the protocol.</summary>
/// <remarks><see href="https://github.com/ethereum/devp2p/blob/master/rlpx.md#disconnect-0x01"/>.</remarks>
public enum DisconnectReason
{
    /// <summary>Disconnect requested, without a specific reason.</summary>
    Requested = 0x00,

    /// <summary>The connection failed.</summary>
    TcpError = 0x01,

    /// <summary>Protocol breach: malformed bytes, a wrong tag, an unexpected message.</summary>
    ProtocolBreach = 0x02,

    /// <summary>No common capability, or a peer not worth keeping.</summary>
    UselessPeer = 0x03,

    /// <summary>The peer limit is reached.</summary>
    TooManyPeers = 0x04,

    /// <summary>The two nodes are already connected.</summary>
    AlreadyConnected = 0x05,

    /// <summary>Unsupported version of the base protocol.</summary>
    IncompatibleVersion = 0x06,

    /// <summary>Missing or invalid node id.</summary>
    NullIdentity = 0x07,

    /// <summary>The node is closing.</summary>
    ClientQuitting = 0x08,

    /// <summary>The node id differs from the expected one.</summary>
    UnexpectedIdentity = 0x09,

    /// <summary>The node connected to itself.</summary>
    SelfConnection = 0x0a,

    /// <summary>A time limit expired.</summary>
    Timeout = 0x0b,

    /// <summary>A reason of the subprotocol: a different network, genesis or fork, or a malformed message.</summary>
    SubprotocolError = 0x10,

    /// <summary>A reason that the protocol does not define; never sent.</summary>
    Unknown = 0xff,
}
