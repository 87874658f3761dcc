using Mempulse.Grains.Abstractions.Opportunities;
using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Bundles;

/// <summary>What bundles can be made of now, and which there are.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.bundle-plan")]
public sealed record BundlePlan
{
    /// <summary>The head.</summary>
    [Id(0)]
    public required Hash256 Head { get; init; }

    /// <summary>Its height.</summary>
    [Id(1)]
    public required BlockNumber HeadNumber { get; init; }

    /// <summary>Opportunities that hold and gain by their last simulation, the highest gain first.</summary>
    [Id(2)]
    public required IReadOnlyList<OppView> Candidates { get; init; }

    /// <summary>The bundles of the last blocks and the next one, in the order in which they were built.</summary>
    [Id(3)]
    public required IReadOnlyList<BundleSummary> Bundles { get; init; }
}
