namespace Mempulse.Api.Status;

/// <summary>Whether the service does its work.</summary>
public sealed record HealthResponse
{
    /// <summary>"ok"; "degraded" when something is wrong and work goes on; "failed" when a log or a fold stands still.</summary>
    public required string Status { get; init; }

    /// <summary>True when the input is a capture with made arrival times.</summary>
    public required bool Synthetic { get; init; }

    /// <summary>The chains.</summary>
    public required IReadOnlyList<ChainHealthPart> Chains { get; init; }
}
