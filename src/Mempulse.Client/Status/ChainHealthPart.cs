namespace Mempulse.Client.Status;

/// <summary>The health of one chain.</summary>
public sealed record ChainHealthPart
{
    /// <summary>The chain.</summary>
    public required string Chain { get; init; }

    /// <summary>"ok", "degraded", "ended", "starting" or "failed".</summary>
    public required string Status { get; init; }

    /// <summary>The problems, one sentence each.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>Writable, NoRoom, Unreachable or Failed.</summary>
    public required string Log { get; init; }

    /// <summary>Starting, CatchingUp, Following, Stopped or Failed.</summary>
    public required string Fold { get; init; }

    /// <summary>Durable events not yet applied.</summary>
    public required ulong LagEvents { get; init; }

    /// <summary>The sender recovery that the ingest hosts use.</summary>
    public required IReadOnlyList<string> SenderRecovery { get; init; }

    /// <summary>Connected sources.</summary>
    public required int ConnectedSources { get; init; }

    /// <summary>All sources.</summary>
    public required int Sources { get; init; }
}
