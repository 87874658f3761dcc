namespace Mempulse.Observability;

/// <summary>A lane at one moment.</summary>
/// <param name="Name">Its name.</param>
/// <param name="QueueDepth">Items in its queue.</param>
/// <param name="QueuePeak">The most items it has held.</param>
/// <param name="QueueCapacity">Items it can hold.</param>
/// <param name="ConnectedSources">Connected sources.</param>
/// <param name="SilenceSeconds">Seconds since any of its sources was last heard; zero before the first was.</param>
public sealed record LaneReading(
    string Name,
    long QueueDepth,
    long QueuePeak,
    long QueueCapacity,
    long ConnectedSources,
    long SilenceSeconds);
