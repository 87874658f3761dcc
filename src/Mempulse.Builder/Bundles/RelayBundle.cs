using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;

namespace Mempulse.Builder.Bundles;

/// <summary>Signed transactions for one block, and the terms on which a builder may include them. Immutable.</summary>
public sealed record RelayBundle
{
    /// <summary>The content-derived id of the bundle.</summary>
    public required Hash256 Id { get; init; }

    /// <summary>The transactions in order.</summary>
    public required IReadOnlyList<BundleTransaction> Transactions { get; init; }

    /// <summary>The block for which the bundle is.</summary>
    public required BlockNumber Target { get; init; }

    /// <summary>The earliest time of the block in seconds since 1970, inclusive; null for any.</summary>
    public ulong? MinTimestampSeconds { get; init; }

    /// <summary>The latest time of the block in seconds since 1970, inclusive; null for any.</summary>
    public ulong? MaxTimestampSeconds { get; init; }

    /// <summary>Transactions that may revert.</summary>
    public IReadOnlyList<Hash256> Reverting { get; init; } = [];

    /// <summary>Transactions that may be left out.</summary>
    public IReadOnlyList<Hash256> Dropping { get; init; } = [];

    /// <summary>The name under which it can be replaced and cancelled; null for none.</summary>
    public string? ReplacementUuid { get; init; }

    /// <summary>The same under its older name, which some builders prefer. A bundle with both is refused.</summary>
    public string? Uuid { get; init; }

    /// <summary>The order of bundles with one UUID, from 1; 0 without a UUID.</summary>
    public ulong ReplacementSequence { get; init; }

    /// <summary>What is paid back; null for nothing.</summary>
    public BundleRefund? Refund { get; init; }

    /// <summary>The UUID under whichever name.</summary>
    public string? AnyUuid => ReplacementUuid ?? Uuid;

    /// <summary>The hash by which builders name a bundle: Keccak-256 of the hashes of its transactions.</summary>
    /// <remarks>flashbots-docs, "eth_callBundle". BuilderNet computes another one, so an answer with another hash is no error.</remarks>
    public Hash256 ComputeBundleHash()
    {
        byte[] hashes = new byte[Transactions.Count * Hash256.Size];
        for (int i = 0; i < Transactions.Count; i++)
        {
            Transactions[i].Hash.CopyTo(hashes.AsSpan(i * Hash256.Size));
        }

        return Keccak256.Hash(hashes);
    }
}
