using Mempulse.Ethereum.Blocks;
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
    /// <exception cref="BlockUnusableException">It is another block, or its parts do not fit.</exception>
    public VerifiedBlock Verify(RpcBlock block, Hash256 expected)
    {
        var hash = block.Header.ComputeHash();
        if (hash != expected)
        {
            throw Unusable(block, expected, $"The header hashes to {hash}, not to {expected}.");
        }

        if (block.Transactions.Count != block.TransactionHashes.Count)
        {
            throw Unusable(block, expected, "The block came without its transactions.");
        }

        var raws = new ReadOnlyMemory<byte>[block.Transactions.Count];
        var transactions = new BlockTx[raws.Length];
        for (int i = 0; i < raws.Length; i++)
        {
            raws[i] = TransactionEncoder.Encode(block.Transactions[i].Transaction);
            transactions[i] = Read(block.Transactions[i], raws[i].Span);
        }

        if (BlockRoots.OfTransactions(raws) != block.Header.TransactionsRoot)
        {
            throw Unusable(block, expected, "The transactions do not hash to the header's root.");
        }

        return new VerifiedBlock(block.Header, expected, transactions);
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
