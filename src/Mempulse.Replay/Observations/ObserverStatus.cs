using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Replay.Observations;

/// <summary>A source as the log tells of it.</summary>
public sealed record ObserverStatus
{
    /// <summary>The source.</summary>
    public required SourceId Source { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The lane it feeds.</summary>
    public required string Lane { get; init; }

    /// <summary>What it says it is.</summary>
    public required string Client { get; init; }

    /// <summary>Where it is.</summary>
    public required string Endpoint { get; init; }

    /// <summary>Keccak-256 of a peer's public key; null for what is no peer.</summary>
    public required Hash256? Peer { get; init; }

    /// <summary>Version of eth spoken with a peer; 0 for what is no peer.</summary>
    public required ulong EthVersion { get; init; }

    /// <summary>True for a peer that dialled us.</summary>
    public required bool IsInbound { get; init; }

    /// <summary>True when its arrival times were made, not measured.</summary>
    public required bool IsSynthetic { get; init; }

    /// <summary>True while it can be heard.</summary>
    public required bool IsConnected { get; init; }

    /// <summary>When it could first be heard; null for never.</summary>
    public required UnixNanoseconds? FirstConnectedAt { get; init; }

    /// <summary>Since when it can be heard, or could be the last time; null for never.</summary>
    public required UnixNanoseconds? ConnectedAt { get; init; }

    /// <summary>When it was lost last; null for never.</summary>
    public required UnixNanoseconds? LostAt { get; init; }

    /// <summary>Why.</summary>
    public required SourceLossReason LossReason { get; init; }

    /// <summary>When it last showed a transaction; null for never.</summary>
    public required UnixNanoseconds? LastShownAt { get; init; }

    /// <summary>All its sightings.</summary>
    public required ulong Sightings { get; init; }
}
