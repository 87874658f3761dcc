using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Bundles;

/// <summary>Records facts about a chain's bundles in the log, and keeps the bytes of bundles in the store beside it. Its key is the chain id.</summary>
[Alias("mempulse.IBundleLedgerGrain")]
public interface IBundleLedgerGrain : IGrainWithStringKey
{
    /// <summary>Records facts: first the bytes that they refer to, then the facts, so that no fact refers to bytes that are missing.</summary>
    /// <returns>Once all of it is durable, and the fold has applied it, or the reason why it is not durable.</returns>
    [Alias("Record")]
    ValueTask<BundleReceipt> Record(BundleDeposit deposit);

    /// <summary>Returns the bytes of a bundle; null when the store does not have them. They are private: no interface shows them.</summary>
    [Alias("Read")]
    ValueTask<ReadOnlyMemory<byte>?> Read(Hash256 content);
}
