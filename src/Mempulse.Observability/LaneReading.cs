namespace Mempulse.Observability;

/// <summary>A lane at one moment.</summary>
/// <param name="Name">Its name.</param>
/// <param name="QueueDepth">Items in its queue.</param>
/// <param name="QueuePeak">The most items it has held.</param>
/// <param name="QueueCapacity">Items it can hold.</param>
/// <param name="ConnectedSources">Connected sources.</param>
public sealed record LaneReading(
    string Name,
    long QueueDepth,
    long QueuePeak,
    long QueueCapacity,
    long ConnectedSources);
