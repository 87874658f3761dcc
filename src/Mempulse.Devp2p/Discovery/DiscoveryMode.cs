namespace Mempulse.Devp2p.Discovery;

/// <summary>How a node discovers others.</summary>
public enum DiscoveryMode
{
    /// <summary>No discovery: only configured, stored and added nodes, and those from DNS trees, are dialled.</summary>
    Off,

    /// <summary>discv4, on the UDP port with the same number as the TCP port.</summary>
    V4,
}
