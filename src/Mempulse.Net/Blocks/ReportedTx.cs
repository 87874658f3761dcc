using Mempulse.Ethereum.JsonRpc;
using Mempulse.Ethereum.Transactions;
using Mempulse.Primitives;

namespace Mempulse.Net.Blocks;

/// <summary>A transaction of a block as a node reported it, with its bytes as far as they are known.</summary>
internal sealed class ReportedTx
{
    private ReportedTx(int index, Hash256 hash, Address? sender, Nonce? nonce)
    {
        Index = index;
        Hash = hash;
        Sender = sender;
        Nonce = nonce;
    }

    /// <summary>Its index in the node's list.</summary>
    public int Index { get; }

    /// <summary>The hash that the node claims.</summary>
    public Hash256 Hash { get; }

    /// <summary>The sender that the node claims; null if it names none.</summary>
    public Address? Sender { get; }

    /// <summary>The nonce that the node claims; null if it names none.</summary>
    public Nonce? Nonce { get; }

    /// <summary>Its bytes in consensus form: encoded from the JSON, or as the node returned them; null if neither is possible.</summary>
    public byte[]? Raw { get; set; }

    /// <summary>Why its JSON cannot be read; none if it can.</summary>
    public RpcFailure Failure { get; private init; } = RpcFailure.None;

    /// <summary>True if the bytes have the claimed hash.</summary>
    public bool IsConsistent => Raw is { } raw && Ethereum.Hashing.Keccak256.Hash(raw) == Hash;

    /// <summary>True if it has no signature, as system transactions have none.</summary>
    public bool IsUnsigned { get; private init; }

    /// <summary>Lists the transactions of a block in its order.</summary>
    public static List<ReportedTx> ListOf(RpcBlock block)
    {
        var all = new List<ReportedTx>(block.TransactionHashes.Count);
        int unknown = 0;
        for (int i = 0; i < block.TransactionHashes.Count; i++)
        {
            if (unknown < block.Unknown.Count && block.Unknown[unknown].Index == i)
            {
                var other = block.Unknown[unknown++];
                all.Add(new ReportedTx(i, other.ClaimedHash, other.ClaimedSender, other.ClaimedNonce) { Failure = other.Failure, IsUnsigned = true });
            }
            else
            {
                var read = block.Transactions[i - unknown];
                all.Add(new ReportedTx(i, read.ClaimedHash, read.ClaimedSender, read.Transaction.Nonce)
                {
                    Raw = TransactionEncoder.Encode(read.Transaction),
                    IsUnsigned = read.Transaction.Signature is { R: var r, S: var s } && r.IsZero && s.IsZero,
                });
            }
        }

        return all;
    }
}
