using System.Text.Json;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.Ethereum.Transactions;
using Mempulse.Primitives;

namespace Mempulse.Net.Mempool;

/// <summary>Transactions in the two forms in which nodes give them, to raw bytes. Their hashes prove them later.</summary>
internal static class BodyText
{
    /// <summary>The bytes of eth_getRawTransactionByHash; null when there are none ("0x" or null: the node does not have it).</summary>
    public static byte[]? ReadRaw(JsonElement result) => RpcHex.ReadData(result) is { Length: > 0 } raw ? raw : null;

    /// <summary>A transaction object, encoded; null when it is none of a known type.</summary>
    public static byte[]? Encode(JsonElement result, out Hash256 claimed)
    {
        if (!RpcTransactionReader.TryRead(result, out var transaction, out _))
        {
            claimed = default;
            return null;
        }

        claimed = transaction.ClaimedHash;
        return TransactionEncoder.Encode(transaction.Transaction);
    }
}
