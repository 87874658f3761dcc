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

    /// <summary>Encodes a transaction object; null if it cannot be read: then its bytes are fetched. Bytes without the claimed hash are refused when they are verified.</summary>
    /// <param name="result">The transaction object.</param>
    /// <param name="chain">The lane's chain, for a transaction without a chain id.</param>
    /// <param name="claimed">The hash that the node claims.</param>
    public static byte[]? Encode(JsonElement result, ChainId chain, out Hash256 claimed)
    {
        if (!RpcTransactionReader.TryReadAny(result, chain, out var transaction, out _))
        {
            claimed = default;
            return null;
        }

        claimed = transaction.ClaimedHash;
        return TransactionEncoder.Encode(transaction.Transaction);
    }
}
