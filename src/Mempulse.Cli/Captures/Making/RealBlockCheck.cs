using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Cli.Captures.Making;

/// <summary>Takes a block for real if its header and each of its transactions have the hashes that they claim.</summary>
internal sealed class RealBlockCheck
{
    private readonly TransactionDecoder _decoder = new(SenderRecovery.CreateBest(), TransactionRules.AnyChain);

    /// <summary>Checks a block.</summary>
    /// <exception cref="UsageException">It does not match its hashes.</exception>
    public RealBlock Check(string name, RpcBlock block)
    {
        if (block.Header.ComputeHash() != block.ClaimedHash)
        {
            throw new UsageException($"The header in '{name}' does not hash to {block.ClaimedHash}.");
        }

        var bodies = block.Transactions.Select(tx => TransactionEncoder.Encode(tx.Transaction)).ToList();
        var transactions = bodies.Select((raw, i) => ToBlockTx(name, raw, block.TransactionHashes[i])).ToList();
        return new RealBlock(block.Header, ToObserved(block, transactions), bodies);
    }

    private BlockTx ToBlockTx(string name, byte[] raw, Hash256 hash)
    {
        if (Keccak256.Hash(raw) != hash
            || !_decoder.TryDecode(raw, TxForm.Consensus, out var tx, out _)
            || !_decoder.TryRecover(ref tx, out var sender, out _))
        {
            throw new UsageException($"Transaction {hash} in '{name}' is not valid: it does not decode, or does not match its hash.");
        }

        // Receipts come apart from blocks, if at all.
        return new BlockTx(hash, sender, tx.Nonce, ExecutionOutcome.Unknown, new Gas(0), tx.Authorizations.ToArray());
    }

    private static LogEvent.BlockObserved ToObserved(RpcBlock block, IReadOnlyList<BlockTx> transactions) => new()
    {
        Hash = block.ClaimedHash,
        Number = block.Header.Number,
        ParentHash = block.Header.ParentHash,
        TimestampSeconds = block.Header.TimestampSeconds,
        BaseFeePerGas = block.Header.BaseFeePerGas ?? default,
        GasUsed = block.Header.GasUsed,
        GasLimit = block.Header.GasLimit,
        FeeRecipient = block.Header.FeeRecipient,
        ExcessBlobGas = block.Header.ExcessBlobGas ?? default,
        BlobGasUsed = block.Header.BlobGasUsed ?? default,
        Transactions = transactions,
        AuthorityNonces = [],
    };
}
