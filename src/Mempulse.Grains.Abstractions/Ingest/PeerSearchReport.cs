namespace Mempulse.Grains.Abstractions.Ingest;

/// <summary>How a lane of peers finds them: which nodes do not become peers, and why.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.peer-search")]
public sealed record PeerSearchReport
{
    /// <summary>This node's own enode; empty while it does not listen, because no one can dial it then.</summary>
    [Id(0)]
    public required string Enode { get; init; }

    /// <summary>Every static and trusted node.</summary>
    [Id(1)]
    public required IReadOnlyList<NodeDials> Configured { get; init; }

    /// <summary>Number of discovered nodes.</summary>
    [Id(2)]
    public required int DiscoveredNodes { get; init; }

    /// <summary>Discovered nodes whose last dial failed, by reason.</summary>
    [Id(3)]
    public required IReadOnlyList<FailureCount> DiscoveredFailures { get; init; }

    /// <summary>The discovered nodes whose dials failed last, newest first.</summary>
    [Id(4)]
    public required IReadOnlyList<NodeDials> DiscoveredSample { get; init; }

    /// <summary>Inbound connections that did not become peers since the lane's start, by reason.</summary>
    [Id(5)]
    public required IReadOnlyList<FailureCount> InboundFailures { get; init; }

    /// <summary>The last of them, newest first.</summary>
    [Id(6)]
    public required IReadOnlyList<RefusedInbound> InboundSample { get; init; }
}
