namespace Mempulse.Devp2p.Discovery;

/// <summary>How a node finds others.</summary>
public enum DiscoveryMode
{
    /// <summary>Not at all: only configured, stored and added nodes are dialled.</summary>
    Off,

    /// <summary>discv4, on the UDP port with the number of the TCP port.</summary>
    V4,
}
