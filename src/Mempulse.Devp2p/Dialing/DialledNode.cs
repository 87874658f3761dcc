using Mempulse.Devp2p.Keys;

namespace Mempulse.Devp2p.Dialing;

/// <summary>A node that this node wants as a peer, and how its dials went.</summary>
public sealed record DialledNode
{
    /// <summary>Its address.</summary>
    public required Enode Node { get; init; }

    /// <summary>How it became known.</summary>
    public required NodeKind Kind { get; init; }

    /// <summary>True while it is a peer.</summary>
    public required bool IsConnected { get; init; }

    /// <summary>Why its last connection did not become a peer; null while it is a peer, and before the first failure since it was one.</summary>
    public required DialFailure? Failure { get; init; }

    /// <summary>Number of failures since it last was a peer.</summary>
    public required int FailedDials { get; init; }

    /// <summary>Time of the first of these failures; null without one.</summary>
    public required DateTimeOffset? FailingSince { get; init; }

    /// <summary>Time of the last attempt; null before the first one.</summary>
    public required DateTimeOffset? LastDial { get; init; }

    /// <summary>Earliest time of the next dial; null while it is a peer, and for a node that is not dialled.</summary>
    public required DateTimeOffset? NextDial { get; init; }

    /// <summary>Time at which it last became a peer; null if it never did.</summary>
    public required DateTimeOffset? LastConnected { get; init; }
}
