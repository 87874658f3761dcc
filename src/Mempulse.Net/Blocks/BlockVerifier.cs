using Mempulse.Ethereum.Blocks;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Blocks;

/// <summary>Proves what a node says of a block as far as hashes reach, and recovers the senders.</summary>
/// <remarks>
/// What the bodies say is bound to the header by the transactions root. Only where a body that is so bound recovers no
/// sender, or hashes to something else (a test node "signs" so for accounts without a key), are the node's words taken
/// for hash and sender. Confined to one thread.
/// </remarks>
internal sealed class BlockVerifier(ISenderRecovery recovery)
{
    private readonly TransactionDecoder _decoder = new(recovery, new TransactionRules { Malleability = SignatureMalleability.AnyS });

    /// <summary>Transactions taken on a node's word so far.</summary>
    public long UnverifiedCount { get; private set; }

    /// <summary>Checks a block that was asked for by <paramref name="expected"/>.</summary>
    /// <param name="block">The block as told.</param>
    /// <param name="expected">The hash it was asked for by.</param>
    /// <param name="unknownBodies">The raw bytes of its transactions of unknown types, in their order; null for one that the node did not give.</param>
    /// <exception cref="BlockUnusableException">It is another block, or its parts do not fit.</exception>
    public VerifiedBlock Verify(RpcBlock block, Hash256 expected, IReadOnlyList<byte[]?> unknownBodies)
    {
        var hash = block.Header.ComputeHash();
        if (hash != expected)
        {
            throw Unusable(block, expected, $"The header hashes to {hash}, not to {expected}.");
        }

        if (block.Transactions.Count + block.Unknown.Count != block.TransactionHashes.Count)
        {
            throw Unusable(block, expected, "The block came without its transactions.");
        }

        var raws = new ReadOnlyMemory<byte>[block.TransactionHashes.Count];
        var transactions = new BlockTx[raws.Length];
        int unknown = 0;
        for (int i = 0; i < raws.Length; i++)
        {
            if (unknown < block.Unknown.Count && block.Unknown[unknown].Index == i)
            {
                var told = block.Unknown[unknown];
                raws[i] = unknownBodies[unknown] ?? throw Unusable(block, expected, $"Transaction {told.ClaimedHash} is of an unknown type, and its raw bytes were not given.");
                transactions[i] = Read(told, raws[i].Span);
                unknown++;
            }
            else
            {
                var told = block.Transactions[i - unknown];
                raws[i] = TransactionEncoder.Encode(told.Transaction);
                transactions[i] = Read(told, raws[i].Span);
            }
        }

        if (BlockRoots.OfTransactions(raws) != block.Header.TransactionsRoot)
        {
            throw Unusable(block, expected, "The transactions do not hash to the header's root.");
        }

        return new VerifiedBlock(block.Header, expected, transactions, [.. block.Unknown.Select(told => raws[told.Index])]);
    }

    /// <summary>The root binds the bytes; who signed them, and with which nonce, only the node can say.</summary>
    private BlockTx Read(RpcUnknownTransaction told, ReadOnlySpan<byte> raw)
    {
        UnverifiedCount++;
        return new BlockTx(Keccak256.Hash(raw), told.ClaimedSender ?? default, told.ClaimedNonce ?? default, Succeeded: true, default, default);
    }

    private BlockTx Read(RpcTransaction told, ReadOnlySpan<byte> raw)
    {
        if (_decoder.TryDecode(raw, TxForm.Consensus, out var tx, out _)
            && tx.ComputeHash() == told.ClaimedHash
            && _decoder.TryRecover(ref tx, out var sender, out _))
        {
            return new BlockTx(told.ClaimedHash, sender, tx.Nonce, Succeeded: true, default, tx.Authorizations.ToArray());
        }

        UnverifiedCount++;
        return new BlockTx(told.ClaimedHash, told.ClaimedSender ?? default, told.Transaction.Nonce, Succeeded: true, default, default);
    }

    private static BlockUnusableException Unusable(RpcBlock block, Hash256 expected, string message) =>
        new(expected, block.Header.Number, DropReason.InvalidProtocol, message);
}
