namespace Mempulse.Api.Status;

/// <summary>How a source of a lane does.</summary>
/// <param name="Name">The source.</param>
/// <param name="Endpoint">Where it is, without credentials.</param>
/// <param name="Connected">It can be heard.</param>
/// <param name="Sightings">Transactions it showed.</param>
/// <param name="Losses">How often it was lost.</param>
/// <param name="LastHeard">When it last said anything; null for never.</param>
/// <param name="LastLoss">Why it was lost last; empty for never.</param>
public sealed record LaneSourcePart(
    string Name, string Endpoint, bool Connected, long Sightings, long Losses, string? LastHeard, string LastLoss);
