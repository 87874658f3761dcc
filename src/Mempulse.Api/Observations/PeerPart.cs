namespace Mempulse.Api.Observations;

/// <summary>A peer.</summary>
public sealed record PeerPart
{
    /// <summary>Its name as a source.</summary>
    public required string Name { get; init; }

    /// <summary>Keccak-256 of its public key.</summary>
    public required string Peer { get; init; }

    /// <summary>Its own word for itself.</summary>
    public required string Client { get; init; }

    /// <summary>The version of eth spoken with it.</summary>
    public required ulong EthVersion { get; init; }

    /// <summary>Where the connection goes.</summary>
    public required string Endpoint { get; init; }

    /// <summary>True when it dialled us.</summary>
    public required bool Inbound { get; init; }

    /// <summary>True while it can be heard.</summary>
    public required bool Connected { get; init; }

    /// <summary>Since when it can or could be heard.</summary>
    public string? ConnectedAt { get; init; }

    /// <summary>When it was lost last.</summary>
    public string? LostAt { get; init; }

    /// <summary>Why.</summary>
    public string? LossReason { get; init; }

    /// <summary>When it last showed a transaction.</summary>
    public string? LastShownAt { get; init; }

    /// <summary>All its sightings.</summary>
    public required ulong Sightings { get; init; }
}
