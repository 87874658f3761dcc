namespace Mempulse.Client.Status;

/// <summary>The health of the service.</summary>
public sealed record HealthResponse
{
    /// <summary>"ok"; "degraded" when something is wrong but work continues; "ended" when all input was played; "starting" until the fold has caught up and the lanes have reported their sources; "failed" when a log or a fold has stopped.</summary>
    public required string Status { get; init; }

    /// <summary>True when the input is a capture with synthetic arrival times.</summary>
    public required bool Synthetic { get; init; }

    /// <summary>The chains.</summary>
    public required IReadOnlyList<ChainHealthPart> Chains { get; init; }
}
