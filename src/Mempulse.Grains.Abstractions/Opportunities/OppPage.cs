using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Opportunities;

/// <summary>Opportunities of a chain, in the order of their ranks.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.opp-page")]
public sealed record OppPage
{
    /// <summary>The position in the log whose state this is.</summary>
    [Id(0)]
    public required GlobalSeq AsOf { get; init; }

    /// <summary>The strategies in force, each as id and version.</summary>
    [Id(1)]
    public required IReadOnlyList<string> Strategies { get; init; }

    /// <summary>Opportunities that hold.</summary>
    [Id(2)]
    public required int Open { get; init; }

    /// <summary>Opportunities that no longer hold and may be reopened.</summary>
    [Id(3)]
    public required int Closed { get; init; }

    /// <summary>Opportunities that were detected since the log began.</summary>
    [Id(4)]
    public required ulong Detected { get; init; }

    /// <summary>Opportunities that were handed on to simulation.</summary>
    [Id(5)]
    public required ulong HandedOn { get; init; }

    /// <summary>Gains that no simulation can show: each says why.</summary>
    [Id(10)]
    public required ulong NotSimulable { get; init; }

    /// <summary>What bounds left out since the log began: what ranked below, and what there was no room for.</summary>
    [Id(6)]
    public required ulong LeftOut { get; init; }

    /// <summary>Pools that can be quoted; without them strategies find nothing.</summary>
    [Id(8)]
    public required int PoolsHeld { get; init; }

    /// <summary>Pools that are to be read from a node.</summary>
    [Id(9)]
    public required int PoolsWanted { get; init; }

    /// <summary>The opportunities.</summary>
    [Id(7)]
    public required IReadOnlyList<OppView> Opportunities { get; init; }
}
