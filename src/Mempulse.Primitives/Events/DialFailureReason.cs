namespace Mempulse.Primitives.Events;

/// <summary>Why a node did not become a peer. The number is on disk.</summary>
public enum DialFailureReason
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>The lane has started and has no peer yet. Stated for a lane, not for a node.</summary>
    NoPeerYet = 1,

    /// <summary>The host name of the node has no address.</summary>
    NameNotResolved = 2,

    /// <summary>The network has no way to the address.</summary>
    Unreachable = 3,

    /// <summary>The machine refused the connection: nothing listens on the port.</summary>
    ConnectionRefused = 4,

    /// <summary>The connection was not accepted in time.</summary>
    ConnectTimeout = 5,

    /// <summary>The node answered the handshake, and did not send its hello and its status in time; or it dialled us and stayed silent.</summary>
    HandshakeTimeout = 6,

    /// <summary>The node did not answer the handshake for this key: it closed the connection or stayed silent, as a node with another key does.</summary>
    KeyNotAccepted = 7,

    /// <summary>The node has another key than the one of its address, or states so.</summary>
    KeyMismatch = 8,

    /// <summary>What the node sent is not devp2p, or breaks its rules.</summary>
    ProtocolBreach = 9,

    /// <summary>The node speaks no version of eth that we speak.</summary>
    NoCommonProtocol = 10,

    /// <summary>The node is on another network.</summary>
    WrongNetwork = 11,

    /// <summary>The chain of the node has another block 0.</summary>
    WrongGenesis = 12,

    /// <summary>The node has not passed a fork that our chain has passed: it needs an upgrade.</summary>
    RemoteForksStale = 13,

    /// <summary>The fork id of the node is not one of our chain: a fork is missing in our settings, or the node is on another chain.</summary>
    LocalForksIncompatible = 14,

    /// <summary>The node refused our status without a reason of its own; its network, genesis or forks differ from ours.</summary>
    StatusRefused = 15,

    /// <summary>The node has no room for another peer.</summary>
    TooManyPeers = 16,

    /// <summary>The node does not want us as a peer.</summary>
    UselessPeer = 17,

    /// <summary>The node closed the connection for another reason, or without one.</summary>
    ClosedByPeer = 18,

    /// <summary>The two nodes are connected already.</summary>
    AlreadyConnected = 19,

    /// <summary>The node is this node itself.</summary>
    SelfConnection = 20,

    /// <summary>We have no room for another peer.</summary>
    PeerLimit = 21,

    /// <summary>We have no room for another peer in its range of addresses.</summary>
    SubnetLimit = 22,

    /// <summary>We have banned it for its offences.</summary>
    Banned = 23,
}
