using Mempulse.Primitives.Records;

namespace Mempulse.Grains.Abstractions.Bundles;

/// <summary>Facts about bundles to record, with the bytes that they refer to.</summary>
/// <param name="Facts">The facts, of lane "bundles". Their sequence in the lane is assigned when they are recorded.</param>
/// <param name="Content">The bytes of a bundle that is new, or the witness of an examination; null for none.</param>
[GenerateSerializer, Immutable, Alias("mempulse.bundle-deposit")]
public sealed record BundleDeposit([property: Id(0)] EventBatch Facts, [property: Id(1)] ReadOnlyMemory<byte>? Content)
{
    /// <summary>The lane of facts about bundles.</summary>
    public const string Lane = "bundles";
}
