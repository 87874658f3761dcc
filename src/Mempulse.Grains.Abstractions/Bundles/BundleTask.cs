using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Bundles;

/// <summary>What is to be done with a bundle.</summary>
[GenerateSerializer, Immutable, Alias("mempulse.bundle-task")]
public sealed record BundleTask
{
    /// <summary>The bundle.</summary>
    [Id(0)]
    public required BundleSummary Bundle { get; init; }

    /// <summary>The height of the head.</summary>
    [Id(1)]
    public required BlockNumber HeadNumber { get; init; }

    /// <summary>The relays that were asked about.</summary>
    [Id(2)]
    public required IReadOnlyList<RelayTask> Relays { get; init; }
}
