using Mempulse.Devp2p.Keys;

namespace Mempulse.Devp2p.Dialing;

/// <summary>A node that may be dialled, and how it went so far.</summary>
internal sealed class Candidate(Enode node, NodeKind kind)
{
    public Enode Node { get; set; } = node;

    public NodeKind Kind { get; set; } = kind;

    /// <summary>Failures since it was last a peer.</summary>
    public int Failures { get; set; }

    /// <summary>Not before this.</summary>
    public DateTimeOffset NextDial { get; set; }

    /// <summary>When it was last a peer; the default when never.</summary>
    public DateTimeOffset LastConnected { get; set; }
}
