using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Replay.Observations;

/// <summary>A source as recorded in the log.</summary>
public sealed record ObserverStatus
{
    /// <summary>The number that the fold gave it, which <see cref="Views.SourceArrival"/> refers to.</summary>
    public required uint Ordinal { get; init; }

    /// <summary>The source.</summary>
    public required SourceId Source { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The lane it feeds.</summary>
    public required string Lane { get; init; }

    /// <summary>The client it identifies as.</summary>
    public required string Client { get; init; }

    /// <summary>Its endpoint.</summary>
    public required string Endpoint { get; init; }

    /// <summary>Keccak-256 of a peer's public key; null for a source that is not a peer.</summary>
    public required Hash256? Peer { get; init; }

    /// <summary>Version of eth spoken with a peer; 0 for a source that is not a peer.</summary>
    public required ulong EthVersion { get; init; }

    /// <summary>True for a peer that dialled us.</summary>
    public required bool IsInbound { get; init; }

    /// <summary>True when its arrival times are synthetic, not measured.</summary>
    public required bool IsSynthetic { get; init; }

    /// <summary>True while it is connected.</summary>
    public required bool IsConnected { get; init; }

    /// <summary>When it first connected; null for never.</summary>
    public required UnixNanoseconds? FirstConnectedAt { get; init; }

    /// <summary>When it last connected; null for never.</summary>
    public required UnixNanoseconds? ConnectedAt { get; init; }

    /// <summary>When it was last lost; null for never.</summary>
    public required UnixNanoseconds? LostAt { get; init; }

    /// <summary>Why it was last lost.</summary>
    public required SourceLossReason LossReason { get; init; }

    /// <summary>Why the dials of a configured peer fail since then; unknown for any other source.</summary>
    public required DialFailureReason DialFailure { get; init; }

    /// <summary>When it last announced a transaction; null for never.</summary>
    public required UnixNanoseconds? LastShownAt { get; init; }

    /// <summary>Its sightings.</summary>
    public required ulong Sightings { get; init; }
}
