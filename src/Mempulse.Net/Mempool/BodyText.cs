using System.Text.Json;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.Ethereum.Transactions;
using Mempulse.Primitives;

namespace Mempulse.Net.Mempool;

/// <summary>Converts transactions in the two forms of JSON-RPC to raw bytes. They are verified later.</summary>
internal static class BodyText
{
    /// <summary>Returns the bytes of eth_getRawTransactionByHash; null if the node does not have the transaction ("0x" or null).</summary>
    public static byte[]? ReadRaw(JsonElement result) => RpcHex.ReadData(result) is { Length: > 0 } raw ? raw : null;

    /// <summary>Encodes a transaction object; null if it is not a transaction of a known type.</summary>
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
