namespace Mempulse.JsonRpc.Transports;

/// <summary>What kept a node's answer from coming.</summary>
public enum TransportFault
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>The connection could not be made.</summary>
    ConnectFailed = 1,

    /// <summary>The node or the network closed it, or answered with an HTTP status other than success.</summary>
    Closed = 2,

    /// <summary>Nothing came within the time limit.</summary>
    Silent = 3,

    /// <summary>What came is not JSON-RPC, or is over the size limit.</summary>
    ProtocolViolation = 4,
}
