using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Observations;

/// <summary>How a transaction spread, and which sources were blind when it first appeared.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.tx-spread")]
public sealed record TxSpread
{
    /// <summary>When it first appeared.</summary>
    [Id(0)]
    public required UnixNanoseconds FirstAt { get; init; }

    /// <summary>Sightings before a block included it.</summary>
    [Id(1)]
    public required ulong Sightings { get; init; }

    /// <summary>The number of sources that reported it.</summary>
    [Id(2)]
    public required int SourceCount { get; init; }

    /// <summary>The source that reported it first; null without a sighting.</summary>
    [Id(3)]
    public required string? FirstSource { get; init; }

    /// <summary>The lead of that source in microseconds; null while it is the only one.</summary>
    [Id(4)]
    public required ulong? LeadMicros { get; init; }

    /// <summary>When the first block that includes it was observed; null for never.</summary>
    [Id(5)]
    public required UnixNanoseconds? IncludedAt { get; init; }

    /// <summary>The lanes that reported it, in order of arrival.</summary>
    [Id(6)]
    public required IReadOnlyList<string> Lanes { get; init; }

    /// <summary>For each of these lanes, the delay after the first sighting in microseconds.</summary>
    [Id(7)]
    public required IReadOnlyList<ulong> LaneDelaysMicros { get; init; }

    /// <summary>The gaps when it first appeared.</summary>
    [Id(8)]
    public required GapAnswer Gaps { get; init; }
}
