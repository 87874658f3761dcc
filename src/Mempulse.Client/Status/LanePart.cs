namespace Mempulse.Client.Status;

/// <summary>The status of a lane.</summary>
public sealed record LanePart
{
    /// <summary>The host that runs it.</summary>
    public required string Host { get; init; }

    /// <summary>The name of the lane.</summary>
    public required string Name { get; init; }

    /// <summary>True until the lane has ended.</summary>
    public required bool Running { get; init; }

    /// <summary>Why it failed or did not start, in a sentence; empty otherwise.</summary>
    public required string Failure { get; init; }

    /// <summary>True when its arrival times are synthetic.</summary>
    public required bool Synthetic { get; init; }

    /// <summary>False while the log refuses its records.</summary>
    public required bool LogAvailable { get; init; }

    /// <summary>Items accepted into its queue.</summary>
    public required long Accepted { get; init; }

    /// <summary>Bodies decoded.</summary>
    public required long Decoded { get; init; }

    /// <summary>Events made durable.</summary>
    public required long Appended { get; init; }

    /// <summary>Items in its queue.</summary>
    public required long QueueDepth { get; init; }

    /// <summary>The most items its queue has held.</summary>
    public required long QueuePeak { get; init; }

    /// <summary>Items its queue can hold.</summary>
    public required long QueueCapacity { get; init; }

    /// <summary>Transactions dropped, by reason.</summary>
    public required IReadOnlyDictionary<string, long> Drops { get; init; }

    /// <summary>Its sources.</summary>
    public required IReadOnlyList<LaneSourcePart> Sources { get; init; }

    /// <summary>This node's own enode; null for a lane without peers, and while it does not listen.</summary>
    public string? Enode { get; init; }
}
