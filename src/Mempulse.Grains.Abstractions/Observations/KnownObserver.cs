using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Grains.Abstractions.Observations;

/// <summary>A source, as recorded in the log.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.known-observer")]
public sealed record KnownObserver
{
    /// <summary>The source.</summary>
    [Id(0)]
    public required SourceId Source { get; init; }

    /// <summary>Its name.</summary>
    [Id(1)]
    public required string Name { get; init; }

    /// <summary>Its lane.</summary>
    [Id(2)]
    public required string Lane { get; init; }

    /// <summary>The client name it sent.</summary>
    [Id(3)]
    public required string Client { get; init; }

    /// <summary>Its address.</summary>
    [Id(4)]
    public required string Endpoint { get; init; }

    /// <summary>Keccak-256 of a peer's public key; null for other sources.</summary>
    [Id(5)]
    public required Hash256? Peer { get; init; }

    /// <summary>The version of eth negotiated with a peer.</summary>
    [Id(6)]
    public required ulong EthVersion { get; init; }

    /// <summary>True for a peer that dialled us.</summary>
    [Id(7)]
    public required bool IsInbound { get; init; }

    /// <summary>True while it is connected.</summary>
    [Id(8)]
    public required bool IsConnected { get; init; }

    /// <summary>When it last connected; null for never.</summary>
    [Id(9)]
    public required UnixNanoseconds? ConnectedAt { get; init; }

    /// <summary>When it was last lost; null for never.</summary>
    [Id(10)]
    public required UnixNanoseconds? LostAt { get; init; }

    /// <summary>Why it was lost.</summary>
    [Id(11)]
    public required SourceLossReason LossReason { get; init; }

    /// <summary>When it last reported a transaction; null for never.</summary>
    [Id(12)]
    public required UnixNanoseconds? LastShownAt { get; init; }

    /// <summary>All its sightings.</summary>
    [Id(13)]
    public required ulong Sightings { get; init; }

    /// <summary>Why the dials of a configured peer fail; unknown for any other source.</summary>
    [Id(14)]
    public required DialFailureReason DialFailure { get; init; }
}
