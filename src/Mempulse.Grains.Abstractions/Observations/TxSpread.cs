using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Observations;

/// <summary>How one transaction spread, and who could not see when it came up.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.tx-spread")]
public sealed record TxSpread
{
    /// <summary>When it came up first.</summary>
    [Id(0)]
    public required UnixNanoseconds FirstAt { get; init; }

    /// <summary>How often it was shown before a block had it.</summary>
    [Id(1)]
    public required ulong Sightings { get; init; }

    /// <summary>Sources that showed it.</summary>
    [Id(2)]
    public required int SourceCount { get; init; }

    /// <summary>Who showed it first; null for nobody.</summary>
    [Id(3)]
    public required string? FirstSource { get; init; }

    /// <summary>By how many microseconds that one was first; null while it is the only one.</summary>
    [Id(4)]
    public required ulong? LeadMicros { get; init; }

    /// <summary>When the first block that has it came; null for never.</summary>
    [Id(5)]
    public required UnixNanoseconds? IncludedAt { get; init; }

    /// <summary>The lanes that showed it, in order of arrival.</summary>
    [Id(6)]
    public required IReadOnlyList<string> Lanes { get; init; }

    /// <summary>Microseconds after the first sighting at which each of these lanes did.</summary>
    [Id(7)]
    public required IReadOnlyList<ulong> LaneDelaysMicros { get; init; }

    /// <summary>Who could not see when it came up.</summary>
    [Id(8)]
    public required GapAnswer Gaps { get; init; }
}
