using System.Text.Json;
using Mempulse.Ethereum.Blocks;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.Ethereum.Transactions;
using Mempulse.Primitives;

namespace Mempulse.ChainState;

/// <summary>Reads a block and its receipts from a node's answers, and holds the transactions against the header's root.</summary>
internal static class BlockContentsReader
{
    /// <summary>Reads them; null with the reason if they are not those of the block.</summary>
    public static BlockContents? Read(JsonElement block, JsonElement receipts, Hash256 hash, out string problem)
    {
        if (!RpcBlockReader.TryRead(block, out var read, out var failure))
        {
            problem = $"The node's block {hash} cannot be read: {failure.Reason}";
            return null;
        }

        if (read.Header.ComputeHash() != hash)
        {
            problem = $"The node's header hashes to {read.Header.ComputeHash()}, not to {hash}.";
            return null;
        }

        ReadOnlyMemory<byte>[] raws = [.. read.Transactions.Select(static tx => (ReadOnlyMemory<byte>)TransactionEncoder.Encode(tx.Transaction))];
        if (read.Unknown.Count > 0 || BlockRoots.OfTransactions(raws) != read.Header.TransactionsRoot)
        {
            problem = $"The node's transactions are not those of block {hash}.";
            return null;
        }

        var claims = ClaimsOf(receipts);
        problem = claims.Count == raws.Length ? string.Empty : $"The node has {claims.Count} receipts of block {hash}: it has {raws.Length} transactions.";
        return problem.Length == 0 ? new BlockContents(read.Header, raws, claims) : null;
    }

    private static List<ReceiptClaim> ClaimsOf(JsonElement receipts)
    {
        var claims = new List<ReceiptClaim>();
        if (receipts.ValueKind == JsonValueKind.Array)
        {
            foreach (var receipt in receipts.EnumerateArray())
            {
                if (receipt.ValueKind != JsonValueKind.Object
                    || !receipt.TryGetProperty("status", out var status) || !RpcHex.TryReadUInt64(status, out ulong isSuccess)
                    || !receipt.TryGetProperty("gasUsed", out var used) || !RpcHex.TryReadUInt64(used, out ulong gas))
                {
                    break;
                }

                claims.Add(new ReceiptClaim(isSuccess == 1, new Gas(gas)));
            }
        }

        return claims;
    }
}
