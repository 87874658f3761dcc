namespace Mempulse.Devp2p.Wire;

/// <summary>Why a connection ends, as the protocol numbers it.</summary>
/// <remarks><see href="https://github.com/ethereum/devp2p/blob/master/rlpx.md#disconnect-0x01"/>.</remarks>
public enum DisconnectReason
{
    /// <summary>Asked for, without a reason.</summary>
    Requested = 0x00,

    /// <summary>The connection failed.</summary>
    TcpError = 0x01,

    /// <summary>A message that breaks the protocol: bad bytes, a wrong tag, a message out of turn.</summary>
    ProtocolBreach = 0x02,

    /// <summary>Nothing in common, or no use.</summary>
    UselessPeer = 0x03,

    /// <summary>No place left.</summary>
    TooManyPeers = 0x04,

    /// <summary>There is a connection to this node already.</summary>
    AlreadyConnected = 0x05,

    /// <summary>A version of the base protocol that is not spoken here.</summary>
    IncompatibleVersion = 0x06,

    /// <summary>No node id.</summary>
    NullIdentity = 0x07,

    /// <summary>The node is closing.</summary>
    ClientQuitting = 0x08,

    /// <summary>Another identity than the dialled one.</summary>
    UnexpectedIdentity = 0x09,

    /// <summary>The node has dialled itself.</summary>
    SelfConnection = 0x0a,

    /// <summary>No answer in time.</summary>
    Timeout = 0x0b,

    /// <summary>A reason of the subprotocol: another network, genesis or fork, or a malformed message of it.</summary>
    SubprotocolError = 0x10,

    /// <summary>A number that the protocol does not have; never sent.</summary>
    Unknown = 0xff,
}
