using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Primitives;

namespace Mempulse.Builder.Bundles;

/// <summary>A signed transaction as it is sent, and its hash.</summary>
public sealed record BundleTransaction
{
    private BundleTransaction(ReadOnlyMemory<byte> raw, Hash256 hash)
    {
        Raw = raw;
        Hash = hash;
    }

    /// <summary>The bytes that are sent; a blob transaction with its blobs.</summary>
    public ReadOnlyMemory<byte> Raw { get; }

    /// <summary>Its hash.</summary>
    public Hash256 Hash { get; }

    /// <summary>Reads a transaction; null if the bytes are not one. The signature is not checked.</summary>
    public static BundleTransaction? Read(ReadOnlyMemory<byte> raw) =>
        new TransactionDecoder(new BouncyCastleRecovery(), TransactionRules.AnyChain).TryDecode(raw.Span, TxForm.Any, out var view, out _)
            ? new BundleTransaction(raw, view.ComputeHash())
            : null;
}
