using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Observations;

/// <summary>How transactions spread in a window.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.propagation")]
public sealed record Propagation
{
    /// <summary>The last applied position.</summary>
    [Id(0)]
    public required GlobalSeq AsOf { get; init; }

    /// <summary>The start of the window, inclusive.</summary>
    [Id(1)]
    public required UnixNanoseconds From { get; init; }

    /// <summary>The time of the latest fact.</summary>
    [Id(2)]
    public required UnixNanoseconds To { get; init; }

    /// <summary>Sightings by all sources.</summary>
    [Id(3)]
    public required ulong Sightings { get; init; }

    /// <summary>Transactions reported for the first time.</summary>
    [Id(4)]
    public required ulong Shown { get; init; }

    /// <summary>Transactions in the window's blocks.</summary>
    [Id(5)]
    public required ulong Included { get; init; }

    /// <summary>Of these, the ones that no source had reported.</summary>
    [Id(6)]
    public required ulong Unseen { get; init; }

    /// <summary>Transactions evicted before a block included them, for lack of room.</summary>
    [Id(7)]
    public required ulong LetGo { get; init; }

    /// <summary>The time from the first sighting to the block.</summary>
    [Id(8)]
    public required Distribution InclusionLatency { get; init; }

    /// <summary>Sightings of each included transaction before its block.</summary>
    [Id(9)]
    public required Distribution Heat { get; init; }

    /// <summary>By source.</summary>
    [Id(10)]
    public required IReadOnlyList<ObserverShare> Sources { get; init; }

    /// <summary>By lane.</summary>
    [Id(11)]
    public required IReadOnlyList<ObserverShare> Lanes { get; init; }
}
