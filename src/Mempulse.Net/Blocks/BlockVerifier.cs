using Mempulse.Ethereum.Blocks;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Blocks;

/// <summary>Verifies a node's block as far as hashes allow, and recovers the senders.</summary>
/// <remarks>
/// The transactions root binds the bodies to the header. Only if a bound body recovers no
/// sender or has another hash (test nodes produce such signatures for accounts without a key) are the node's hash
/// and sender accepted unverified. Confined to one thread.
/// </remarks>
internal sealed class BlockVerifier(ISenderRecovery recovery)
{
    private readonly TransactionDecoder _decoder = new(recovery, new TransactionRules { Malleability = SignatureMalleability.AnyS });

    /// <summary>Number of transactions accepted unverified.</summary>
    public long UnverifiedCount { get; private set; }

    /// <summary>Verifies a block that was requested as <paramref name="expected"/>.</summary>
    /// <param name="block">The block as the node returned it.</param>
    /// <param name="expected">The requested hash.</param>
    /// <param name="unknownBodies">The raw bytes of its transactions of unknown types, in order; null for those that the node did not return.</param>
    /// <exception cref="BlockUnusableException">It is another block, or its parts are inconsistent.</exception>
    public VerifiedBlock Verify(RpcBlock block, Hash256 expected, IReadOnlyList<byte[]?> unknownBodies)
    {
        var hash = block.Header.ComputeHash();
        if (hash != expected)
        {
            throw Unusable(block, expected, $"The header hashes to {hash}, not to {expected}.");
        }

        if (block.Transactions.Count + block.Unknown.Count != block.TransactionHashes.Count)
        {
            throw Unusable(block, expected, "The block has no transaction bodies.");
        }

        var raws = new ReadOnlyMemory<byte>[block.TransactionHashes.Count];
        var transactions = new BlockTx[raws.Length];
        int unknown = 0;
        for (int i = 0; i < raws.Length; i++)
        {
            if (unknown < block.Unknown.Count && block.Unknown[unknown].Index == i)
            {
                var reported = block.Unknown[unknown];
                raws[i] = unknownBodies[unknown] ?? throw Unusable(block, expected, $"Transaction {reported.ClaimedHash} has an unknown type, and the node did not return its raw bytes.");
                transactions[i] = Read(reported, raws[i].Span);
                unknown++;
            }
            else
            {
                var reported = block.Transactions[i - unknown];
                raws[i] = TransactionEncoder.Encode(reported.Transaction);
                transactions[i] = Read(reported, raws[i].Span);
            }
        }

        if (BlockRoots.OfTransactions(raws) != block.Header.TransactionsRoot)
        {
            throw Unusable(block, expected, "The transactions do not hash to the header's root.");
        }

        return new VerifiedBlock
        {
            Header = block.Header,
            Hash = expected,
            Transactions = transactions,
            Types = [.. raws.Select(static raw => TypeOf(raw.Span))],
            UnknownBodies = [.. block.Unknown.Select(reported => raws[reported.Index])],
        };
    }

    /// <summary>The root binds the bytes. The sender and the nonce are known from the node only.</summary>
    private BlockTx Read(RpcUnknownTransaction reported, ReadOnlySpan<byte> raw)
    {
        UnverifiedCount++;
        return new BlockTx(Keccak256.Hash(raw), reported.ClaimedSender ?? default, reported.ClaimedNonce ?? default, ExecutionOutcome.Unknown, default, default);
    }

    private BlockTx Read(RpcTransaction reported, ReadOnlySpan<byte> raw)
    {
        if (_decoder.TryDecode(raw, TxForm.Consensus, out var tx, out _)
            && tx.ComputeHash() == reported.ClaimedHash
            && _decoder.TryRecover(ref tx, out var sender, out _))
        {
            return new BlockTx(reported.ClaimedHash, sender, tx.Nonce, ExecutionOutcome.Unknown, default, tx.Authorizations.ToArray());
        }

        UnverifiedCount++;
        return new BlockTx(reported.ClaimedHash, reported.ClaimedSender ?? default, reported.Transaction.Nonce, ExecutionOutcome.Unknown, default, default);
    }

    /// <summary>EIP-2718: the first byte of a legacy transaction is that of a list.</summary>
    private static byte TypeOf(ReadOnlySpan<byte> raw)
    {
        const byte firstOfList = 0xc0;
        return raw[0] < firstOfList ? raw[0] : (byte)TxType.Legacy;
    }

    private static BlockUnusableException Unusable(RpcBlock block, Hash256 expected, string message) =>
        new(expected, block.Header.Number, DropReason.InvalidProtocol, message);
}
