namespace Mempulse.Client.Observations;

/// <summary>A peer.</summary>
public sealed record PeerPart
{
    /// <summary>Its name as a source.</summary>
    public required string Name { get; init; }

    /// <summary>Keccak-256 of its public key.</summary>
    public required string Peer { get; init; }

    /// <summary>The client name it sent.</summary>
    public required string Client { get; init; }

    /// <summary>The negotiated version of eth.</summary>
    public required ulong EthVersion { get; init; }

    /// <summary>The address of the connection.</summary>
    public required string Endpoint { get; init; }

    /// <summary>True when it dialled us.</summary>
    public required bool Inbound { get; init; }

    /// <summary>True while it is connected.</summary>
    public required bool Connected { get; init; }

    /// <summary>When it last connected.</summary>
    public string? ConnectedAt { get; init; }

    /// <summary>When it was last lost, or since when it cannot be connected; null while it is connected.</summary>
    public string? LostAt { get; init; }

    /// <summary>Why it was lost, or cannot be connected; null while it is connected.</summary>
    public string? LossReason { get; init; }

    /// <summary>When it last reported a transaction.</summary>
    public string? LastReportedAt { get; init; }

    /// <summary>All its sightings.</summary>
    public required ulong Sightings { get; init; }
}
