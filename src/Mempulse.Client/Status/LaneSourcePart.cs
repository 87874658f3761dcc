namespace Mempulse.Client.Status;

/// <summary>The status of a source of a lane.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Endpoint">Its address, without credentials.</param>
/// <param name="Connected">Whether it is connected.</param>
/// <param name="Sightings">Its sightings.</param>
/// <param name="Losses">How often it was lost.</param>
/// <param name="LastHeard">When it was last heard from; null for never.</param>
/// <param name="LastLoss">Why it is not connected; empty while it is.</param>
public sealed record LaneSourcePart(
    string Name, string Endpoint, bool Connected, long Sightings, long Losses, string? LastHeard, string LastLoss)
{
    /// <summary>How it is received: "subscription", or "polling" and what is polled; empty if that does not apply or it is not connected.</summary>
    public string Reception { get; init; } = string.Empty;

    /// <summary>Why it is unavailable; empty while it is connected.</summary>
    public string Problem { get; init; } = string.Empty;

    /// <summary>When the outage began; null while it is connected.</summary>
    public string? ProblemSince { get; init; }

    /// <summary>When a connection was last tried; null for never.</summary>
    public string? LastTry { get; init; }
}
