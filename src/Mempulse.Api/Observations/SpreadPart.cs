namespace Mempulse.Api.Observations;

/// <summary>How one transaction spread, and who could not see when it came up.</summary>
public sealed record SpreadPart
{
    /// <summary>When it came up first: shown, or in a block that nobody had shown it before.</summary>
    public required string FirstAt { get; init; }

    /// <summary>How often it was shown before a block had it: its heat.</summary>
    public required ulong Sightings { get; init; }

    /// <summary>Sources that showed it.</summary>
    public required int Sources { get; init; }

    /// <summary>Who showed it first; null for nobody.</summary>
    public string? FirstSource { get; init; }

    /// <summary>By how many microseconds that one was first; null while it is the only one.</summary>
    public ulong? LeadMicros { get; init; }

    /// <summary>The lanes that showed it, each with the microseconds after the first sighting.</summary>
    public required IReadOnlyDictionary<string, ulong> LanesAfterMicros { get; init; }

    /// <summary>Microseconds from the first sighting to the block; null while none has it, or when nobody had shown it.</summary>
    public long? InclusionMicros { get; init; }

    /// <summary>True when nobody could be heard when it came up.</summary>
    public required bool Blind { get; init; }

    /// <summary>Who could not see when it came up.</summary>
    public required IReadOnlyList<GapPart> Gaps { get; init; }

    /// <summary>True when the ledger of gaps reaches back to when it came up.</summary>
    public required bool GapsComplete { get; init; }
}
