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

    /// <summary>The sequence of the newest bundle under the same UUID.</summary>
    [Id(3)]
    public required ulong NewestSequence { get; init; }

    /// <summary>True while requests for that one may leave.</summary>
    [Id(4)]
    public required bool NewestMaySend { get; init; }
}
