namespace Mempulse.JsonRpc.Transports;

/// <summary>Why a node's answer did not arrive.</summary>
public enum TransportFault
{
    /// <summary>Not known.</summary>
    Unknown = 0,

    /// <summary>The connection failed.</summary>
    ConnectFailed = 1,

    /// <summary>The node or the network closed the connection, or the HTTP status was not success.</summary>
    Closed = 2,

    /// <summary>Nothing arrived within the time limit.</summary>
    Silent = 3,

    /// <summary>The data received is not JSON-RPC or exceeds the size limit.</summary>
    ProtocolViolation = 4,
}
