namespace Mempulse.Client.Observations;

/// <summary>How a host finds its peers: which nodes do not become peers, and why.</summary>
public sealed record PeerSearchPart
{
    /// <summary>The host.</summary>
    public required string Host { get; init; }

    /// <summary>Its own enode; null while it does not listen.</summary>
    public required string? Enode { get; init; }

    /// <summary>Every static and trusted node.</summary>
    public required IReadOnlyList<DialPart> Configured { get; init; }

    /// <summary>Number of discovered nodes.</summary>
    public required int DiscoveredNodes { get; init; }

    /// <summary>Discovered nodes whose last dial failed, by reason.</summary>
    public required IReadOnlyDictionary<string, long> DiscoveredFailures { get; init; }

    /// <summary>The discovered nodes whose dials failed last, newest first.</summary>
    public required IReadOnlyList<DialPart> DiscoveredSample { get; init; }

    /// <summary>Inbound connections that did not become peers since the lane's start, by reason.</summary>
    public required IReadOnlyDictionary<string, long> InboundFailures { get; init; }

    /// <summary>The last of them, newest first.</summary>
    public required IReadOnlyList<RefusedInboundPart> InboundSample { get; init; }
}
