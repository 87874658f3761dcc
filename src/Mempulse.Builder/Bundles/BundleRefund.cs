using Mempulse.Primitives;

namespace Mempulse.Builder.Bundles;

/// <summary>What a builder pays back of what a bundle pays it.</summary>
public sealed record BundleRefund
{
    /// <summary>The part that is paid back.</summary>
    public required int Percent { get; init; }

    /// <summary>Who gets it; null for the sender of the first transaction.</summary>
    public Address? Recipient { get; init; }

    /// <summary>The transactions whose payment counts; empty for the last one.</summary>
    public IReadOnlyList<Hash256> Hashes { get; init; } = [];

    /// <summary>What the builder is paid by the transaction that counts, as simulated.</summary>
    public required Wei Payment { get; init; }
}
