using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Ethereum.JsonRpc;

/// <summary>Reads receipt objects of JSON-RPC (eth_getBlockReceipts, eth_getTransactionReceipt).</summary>
/// <remarks>execution-apis, schema ReceiptInfo. Bad JSON is an <see cref="RpcFailure"/>, never an exception.</remarks>
public static class RpcReceiptReader
{
    private const int MaxTopics = 4; // LOG4

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
        var read = new RpcReceipt
        {
            TransactionHash = fields.Hash("transactionHash"),
            BlockHash = fields.Has("blockHash") ? fields.Hash("blockHash") : null,
            Outcome = ReadOutcome(ref fields),
            StateRoot = RpcHex.TryReadHash(fields.Optional("root"), out var root) ? root : null, // "0x" since Byzantium
            GasUsed = OptionalGas(ref fields, "gasUsed"),
            CumulativeGasUsed = OptionalGas(ref fields, "cumulativeGasUsed"),
            Logs = ReadLogs(ref fields),
            DepositNonce = OptionalNumber(ref fields, "depositNonce"),
            DepositVersion = OptionalNumber(ref fields, "depositReceiptVersion"),
        };
        failure = fields.Failure;
        receipt = failure.IsFailure ? null : read;
        return receipt is not null;
    }

    private static ExecutionOutcome ReadOutcome(ref RpcObject fields)
    {
        if (!fields.Has("status"))
        {
            return ExecutionOutcome.Unknown;
        }

        ulong status = fields.UInt64("status");
        if (status > 1)
        {
            fields.Fail("status", "expected 0 or 1.");
        }

        return status == 1 ? ExecutionOutcome.Succeeded : ExecutionOutcome.Reverted;
    }

    private static List<TxLog> ReadLogs(ref RpcObject fields)
    {
        var logs = new List<TxLog>();
        foreach (var item in fields.OptionalArray("logs"))
        {
            var log = new RpcObject(item);
            var topics = log.Hashes("topics");
            if (topics.Count > MaxTopics)
            {
                log.Fail("topics", "expected at most 4.");
            }

            logs.Add(new TxLog(log.Address("address"), topics, log.Has("data") ? log.Data("data") : default));
            fields.Adopt(log.Failure, "logs");
        }

        return logs;
    }

    private static Gas? OptionalGas(ref RpcObject fields, string name) => OptionalNumber(ref fields, name) is { } gas ? new Gas(gas) : null;

    private static ulong? OptionalNumber(ref RpcObject fields, string name) => fields.Has(name) ? fields.UInt64(name) : null;
}
