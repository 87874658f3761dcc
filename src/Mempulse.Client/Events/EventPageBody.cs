namespace Mempulse.Client.Events;

/// <summary>A page of events.</summary>
/// <remarks>Describes for OpenAPI what <c>GET /events</c> writes.</remarks>
public sealed record EventPageBody
{
    /// <summary>The chain.</summary>
    public required string Chain { get; init; }

    /// <summary>True when the arrival times of this chain's input are synthetic, not measured.</summary>
    public required bool Synthetic { get; init; }

    /// <summary>The events in ascending order of position; may be empty although there are more further on.</summary>
    public required IReadOnlyList<EventBody> Events { get; init; }

    /// <summary>The value of "after" for the next page. It advances with every page until the end of the log.</summary>
    public required ulong Next { get; init; }

    /// <summary>The highest durable position.</summary>
    public required ulong Watermark { get; init; }

    /// <summary>True when the log has nothing past <see cref="Next"/> yet.</summary>
    public required bool AtEnd { get; init; }
}
