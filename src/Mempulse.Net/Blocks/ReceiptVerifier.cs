using Mempulse.Ethereum.Blocks;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.Ethereum.Tries;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Blocks;

/// <summary>Decides what a node's receipts of a block are worth: proven by the receiptsRoot, a claim that the root cannot decide, or refuted.</summary>
internal static class ReceiptVerifier
{
    /// <summary>Returns the block's receipts; null, with the problem in a sentence, if these are not they.</summary>
    public static BlockReceipts? Verify(VerifiedBlock block, IReadOnlyList<RpcReceipt> receipts, out string problem)
    {
        var ordered = Order(block, receipts, out bool isByHash);
        if (ordered is null)
        {
            problem = $"The node returned {receipts.Count} receipts for {block.Transactions.Count} transactions.";
            return null;
        }

        problem = string.Empty;
        if (TryEncode(block, ordered, out var encoded) && OrderedTrie.RootOf(encoded) == block.Header.ReceiptsRoot)
        {
            return new BlockReceipts(Proven(block, ordered), IsVerified: true);
        }

        if (!isByHash || ordered.Any(receipt => receipt.BlockHash != block.Hash))
        {
            problem = "The node returned receipts of another block.";
            return null;
        }

        // Only receipts of a form that is unknown here can have another root than ours and still be true.
        if (block.Unverified == UnverifiedParts.None && block.Types.All(static type => TxTypes.IsKnown(type)))
        {
            problem = "The receipts do not hash to the header's root.";
            return null;
        }

        return new BlockReceipts(
            [.. block.Transactions.Zip(ordered, static (tx, receipt) => new TxResult(tx.Hash, receipt.Outcome, receipt.GasUsed ?? default, receipt.Logs, 0))],
            IsVerified: false);
    }

    /// <summary>Returns the receipts in the order of the transactions, by the hashes that they name, or as they are if the hashes do not match.</summary>
    private static IReadOnlyList<RpcReceipt>? Order(VerifiedBlock block, IReadOnlyList<RpcReceipt> receipts, out bool isByHash)
    {
        var byHash = new Dictionary<Hash256, RpcReceipt>(receipts.Count);
        foreach (var receipt in receipts)
        {
            byHash.TryAdd(receipt.TransactionHash, receipt);
        }

        // A node may list receipts of system transactions, which the roots do not cover, behind the others.
        isByHash = block.Transactions.All(tx => byHash.ContainsKey(tx.Hash));
        return isByHash ? [.. block.Transactions.Select(tx => byHash[tx.Hash])]
            : receipts.Count == block.Transactions.Count ? receipts
            : null;
    }

    private static bool TryEncode(VerifiedBlock block, IReadOnlyList<RpcReceipt> receipts, out List<ReadOnlyMemory<byte>> encoded)
    {
        encoded = new List<ReadOnlyMemory<byte>>(receipts.Count);
        ulong cumulative = 0;
        var buffer = new ByteBuffer();
        for (int i = 0; i < receipts.Count; i++)
        {
            var receipt = receipts[i];
            if (receipt.Outcome == ExecutionOutcome.Unknown && receipt.StateRoot is null)
            {
                return false;
            }

            cumulative = receipt.CumulativeGasUsed?.Value ?? unchecked(cumulative + receipt.GasUsed.GetValueOrDefault().Value);
            buffer.Clear();
            Encode(receipt, block.Types[i], cumulative, buffer);
            encoded.Add(buffer.WrittenSpan.ToArray());
        }

        return true;
    }

    private static void Encode(RpcReceipt receipt, byte type, ulong cumulative, ByteBuffer output)
    {
        var bloom = new LogsBloom();
        foreach (var log in receipt.Logs)
        {
            bloom.Add(log.Account, log.Topics);
        }

        bool hasStatus = receipt.Outcome != ExecutionOutcome.Unknown;
        var writer = new ReceiptWriter(output, type, hasStatus ? null : receipt.StateRoot, receipt.Outcome, cumulative, bloom);
        foreach (var log in receipt.Logs)
        {
            writer.Log(log.Account, log.Topics, log.Data.Span);
        }

        if (receipt is { DepositNonce: { } nonce, DepositVersion: { } version })
        {
            writer.End(nonce, version);
        }
        else
        {
            writer.End();
        }
    }

    /// <summary>Takes the gas of each transaction from the cumulative values, which the root covers.</summary>
    private static List<TxResult> Proven(VerifiedBlock block, IReadOnlyList<RpcReceipt> receipts)
    {
        var results = new List<TxResult>(receipts.Count);
        ulong before = 0;
        for (int i = 0; i < receipts.Count; i++)
        {
            var receipt = receipts[i];
            ulong after = receipt.CumulativeGasUsed?.Value ?? unchecked(before + receipt.GasUsed.GetValueOrDefault().Value);
            results.Add(new TxResult(block.Transactions[i].Hash, receipt.Outcome, new Gas(unchecked(after - before)), receipt.Logs, 0));
            before = after;
        }

        return results;
    }
}
