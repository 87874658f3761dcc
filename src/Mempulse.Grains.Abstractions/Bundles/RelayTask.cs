using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Bundles;

/// <summary>What a relay was asked for a bundle, and whether it may be asked more.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.relay-task")]
public sealed record RelayTask
{
    /// <summary>The relay.</summary>
    [Id(0)]
    public required string Relay { get; init; }

    /// <summary>False while its breaker is open: it failed too often.</summary>
    [Id(1)]
    public required bool MayAsk { get; init; }

    /// <summary>The requests to take the bundle.</summary>
    [Id(2)]
    public required RelayRequestView Send { get; init; }

    /// <summary>The requests to forget it.</summary>
    [Id(3)]
    public required RelayRequestView Cancel { get; init; }

    /// <summary>The last bundle that left for the relay under the same UUID; null for none.</summary>
    [Id(4)]
    public Hash256? LastBundle { get; init; }

    /// <summary>Its sequence; 0 for none.</summary>
    [Id(5)]
    public ulong LastSequence { get; init; }

    /// <summary>Another bundle under the same UUID that the relay may have; null for none.</summary>
    [Id(6)]
    public Hash256? AlsoHeld { get; init; }

    /// <summary>The requests to take the newest bundle under the same UUID, if that is another one; null if it is not.</summary>
    [Id(7)]
    public RelayRequestView? Newest { get; init; }
}
