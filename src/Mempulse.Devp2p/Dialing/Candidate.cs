using Mempulse.Devp2p.Keys;

namespace Mempulse.Devp2p.Dialing;

/// <summary>A node that may be dialled, with its dial history.</summary>
internal sealed class Candidate(Enode node, NodeKind kind)
{
    public Enode Node { get; set; } = node;

    public NodeKind Kind { get; set; } = kind;

    /// <summary>Number of failures since the node was last a peer.</summary>
    public int Failures { get; set; }

    /// <summary>Earliest time of the next dial.</summary>
    public DateTimeOffset NextDial { get; set; }

    /// <summary>Time at which the node last became a peer; <c>default</c> if it never did.</summary>
    public DateTimeOffset LastConnected { get; set; }
}
