namespace Mempulse.Client.Observations;

/// <summary>A node that this node wants as a peer, and how its dials went.</summary>
public sealed record DialPart
{
    /// <summary>Its name as a source, as in the list of peers.</summary>
    public required string Name { get; init; }

    /// <summary>Its enode.</summary>
    public required string Enode { get; init; }

    /// <summary>Static: always dialled. Trusted: admitted beyond the limits, not dialled. Discovered: dialled while there is room.</summary>
    public required string Kind { get; init; }

    /// <summary>True while it is a peer.</summary>
    public required bool Connected { get; init; }

    /// <summary>Why its last connection did not become a peer, in one word; null without a failure since it last was one.</summary>
    public string? Reason { get; init; }

    /// <summary>The reason in a sentence; null without a failure.</summary>
    public string? Detail { get; init; }

    /// <summary>Number of failures since it last was a peer.</summary>
    public required int Failures { get; init; }

    /// <summary>Time of the first of them.</summary>
    public string? FailingSince { get; init; }

    /// <summary>Time of the last attempt.</summary>
    public string? LastDial { get; init; }

    /// <summary>Earliest time of the next dial; null while it is a peer, and for a node that is not dialled.</summary>
    public string? NextDial { get; init; }

    /// <summary>When it last became a peer; null for never.</summary>
    public string? LastConnected { get; init; }
}
