using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Bundles;

/// <summary>The answer to a <see cref="BundleDeposit"/>.</summary>
/// <param name="Last">The position of the last fact; none when they were not recorded.</param>
/// <param name="Problem">Why they were not recorded, in a sentence; empty when they were.</param>
[GenerateSerializer, Immutable, Alias("mempulse.bundle-receipt")]
public sealed record BundleReceipt([property: Id(0)] GlobalSeq Last, [property: Id(1)] string Problem);
