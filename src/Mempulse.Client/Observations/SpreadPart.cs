namespace Mempulse.Client.Observations;

/// <summary>How a transaction spread, and which sources were blind when it first appeared.</summary>
public sealed record SpreadPart
{
    /// <summary>When it first appeared: at its first sighting, or in a block when it had none.</summary>
    public required string FirstAt { get; init; }

    /// <summary>Sightings before a block included it: its heat.</summary>
    public required ulong Sightings { get; init; }

    /// <summary>Number of sources that reported it.</summary>
    public required int Sources { get; init; }

    /// <summary>The source that reported it first; null without a sighting.</summary>
    public string? FirstSource { get; init; }

    /// <summary>The lead of that source in microseconds; null while it is the only one.</summary>
    public ulong? LeadMicros { get; init; }

    /// <summary>The lanes that reported it, with microseconds after the first sighting.</summary>
    public required IReadOnlyDictionary<string, ulong> LanesAfterMicros { get; init; }

    /// <summary>Microseconds from the first sighting to the block; null without a block or without a sighting before it.</summary>
    public long? InclusionMicros { get; init; }

    /// <summary>True when no source was connected when it first appeared.</summary>
    public required bool Blind { get; init; }

    /// <summary>The gaps when it first appeared.</summary>
    public required IReadOnlyList<GapPart> Gaps { get; init; }

    /// <summary>True when the recorded gaps reach back to its first appearance.</summary>
    public required bool GapsComplete { get; init; }
}
