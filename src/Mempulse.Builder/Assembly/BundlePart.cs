using Mempulse.Primitives.Events;

namespace Mempulse.Builder.Assembly;

/// <summary>A transaction of an assembled bundle.</summary>
/// <param name="Tx">What is known of it.</param>
/// <param name="Raw">Its bytes.</param>
public sealed record BundlePart(BundleTx Tx, ReadOnlyMemory<byte> Raw)
{
    /// <summary>Its text shows no bytes: they are private.</summary>
    public override string ToString() => Tx.Hash.ToString();
}
