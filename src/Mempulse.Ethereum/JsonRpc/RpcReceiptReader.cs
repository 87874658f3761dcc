using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Mempulse.Primitives;

namespace Mempulse.Ethereum.JsonRpc;

/// <summary>Reads receipt objects of JSON-RPC (eth_getBlockReceipts, eth_getTransactionReceipt).</summary>
/// <remarks>execution-apis, schema ReceiptInfo. Bad JSON is an <see cref="RpcFailure"/>, never an exception.</remarks>
public static class RpcReceiptReader
{
    /// <summary>Reads all receipts of a block, in order.</summary>
    public static bool TryReadAll(JsonElement json, [NotNullWhen(true)] out IReadOnlyList<RpcReceipt>? receipts, out RpcFailure failure)
    {
        receipts = null;
        if (json.ValueKind != JsonValueKind.Array)
        {
            failure = new RpcFailure(string.Empty, "expected an array of receipts.");
            return false;
        }

        var read = new List<RpcReceipt>(json.GetArrayLength());
        foreach (var item in json.EnumerateArray())
        {
            if (!TryRead(item, out var receipt, out failure))
            {
                return false;
            }

            read.Add(receipt);
        }

        failure = RpcFailure.None;
        receipts = read;
        return true;
    }

    /// <summary>Reads one receipt.</summary>
    public static bool TryRead(JsonElement json, [NotNullWhen(true)] out RpcReceipt? receipt, out RpcFailure failure)
    {
        var fields = new RpcObject(json);
        var read = new RpcReceipt(
            fields.Hash("transactionHash"),
            fields.Hash("blockHash"),
            !fields.Has("status") || fields.UInt64("status") == 1,
            new Gas(fields.UInt64("gasUsed")));
        failure = fields.Failure;
        receipt = failure.IsFailure ? null : read;
        return receipt is not null;
    }
}
