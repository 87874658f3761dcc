using Mempulse.Devp2p.Keys;

namespace Mempulse.Devp2p.Dialing;

/// <summary>A node that may be dialled, with its dial history.</summary>
internal sealed class Candidate(Enode node, NodeKind kind)
{
    public Enode Node { get; set; } = node;

    public NodeKind Kind { get; set; } = kind;

    /// <summary>Number of failed dials and losses since the node was last a peer, which lengthen the back-off.</summary>
    public int Failures { get; set; }

    /// <summary>Number of connections since the node was last a peer that did not become one.</summary>
    public int FailedDials { get; set; }

    /// <summary>Why the last connection did not become a peer; null if the last one did, or before the first.</summary>
    public DialFailure? Failure { get; set; }

    /// <summary>Time of the first failed connection since the node was last a peer; <c>default</c> if no connection has failed since.</summary>
    public DateTimeOffset FailingSince { get; set; }

    /// <summary>Time of the last connection; <c>default</c> if there was none.</summary>
    public DateTimeOffset LastDial { get; set; }

    /// <summary>Earliest time of the next dial.</summary>
    public DateTimeOffset NextDial { get; set; }

    /// <summary>Time at which the node last became a peer; <c>default</c> if it never did.</summary>
    public DateTimeOffset LastConnected { get; set; }
}
