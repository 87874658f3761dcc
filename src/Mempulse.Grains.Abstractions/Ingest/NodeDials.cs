using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Grains.Abstractions.Ingest;

/// <summary>A node that a lane of peers dials, and how its dials went.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.node-dials")]
public sealed record NodeDials
{
    /// <summary>Its name as a source.</summary>
    [Id(0)]
    public required string Name { get; init; }

    /// <summary>Its enode.</summary>
    [Id(1)]
    public required string Enode { get; init; }

    /// <summary>Discovered, Static or Trusted.</summary>
    [Id(2)]
    public required string Kind { get; init; }

    /// <summary>True while it is a peer.</summary>
    [Id(3)]
    public required bool IsConnected { get; init; }

    /// <summary>Why its last connection did not become a peer; Unknown while there is no failure.</summary>
    [Id(4)]
    public required DialFailureReason Reason { get; init; }

    /// <summary>The reason in a sentence; empty while there is no failure.</summary>
    [Id(5)]
    public required string Detail { get; init; }

    /// <summary>Number of failures since it last was a peer.</summary>
    [Id(6)]
    public required int Failures { get; init; }

    /// <summary>Time of the first of them; null without one.</summary>
    [Id(7)]
    public required UnixNanoseconds? FailingSince { get; init; }

    /// <summary>Time of the last attempt; null before the first.</summary>
    [Id(8)]
    public required UnixNanoseconds? LastDial { get; init; }

    /// <summary>Earliest time of the next dial; null while it is a peer, and for a node that is not dialled.</summary>
    [Id(9)]
    public required UnixNanoseconds? NextDial { get; init; }

    /// <summary>When it last became a peer; null for never.</summary>
    [Id(10)]
    public required UnixNanoseconds? LastConnected { get; init; }
}
