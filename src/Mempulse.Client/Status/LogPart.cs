namespace Mempulse.Client.Status;

/// <summary>The state of a log.</summary>
public sealed record LogPart
{
    /// <summary>Writable, NoRoom, Unreachable or Failed.</summary>
    public required string State { get; init; }

    /// <summary>Why it does not accept records; empty when it does.</summary>
    public required string Detail { get; init; }

    /// <summary>The writer's epoch.</summary>
    public required ulong Epoch { get; init; }

    /// <summary>The highest durable position.</summary>
    public required ulong Watermark { get; init; }

    /// <summary>Events made durable.</summary>
    public required long AppendedEvents { get; init; }

    /// <summary>Appended events that the log already had.</summary>
    public required long DuplicateEvents { get; init; }

    /// <summary>Bytes of records made durable.</summary>
    public required long DurableBytes { get; init; }

    /// <summary>Events that were not published because the publisher's buffer was full; followers read them from the log.</summary>
    public required long UnpublishedEvents { get; init; }
}
