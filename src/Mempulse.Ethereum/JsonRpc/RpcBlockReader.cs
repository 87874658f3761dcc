using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Mempulse.Ethereum.Blocks;
using Mempulse.Primitives;

namespace Mempulse.Ethereum.JsonRpc;

/// <summary>Reads headers and transactions from block objects of JSON-RPC (eth_getBlockBy*, newHeads).</summary>
/// <remarks>execution-apis, schema Block. Bad JSON is an <see cref="RpcFailure"/>, never an exception.</remarks>
public static class RpcBlockReader
{
    /// <summary>Reads a block with its transactions, as bodies or as hashes.</summary>
    public static bool TryRead(JsonElement json, [NotNullWhen(true)] out RpcBlock? block, out RpcFailure failure)
    {
        var fields = new RpcObject(json);
        var header = ReadHeader(ref fields);
        var claimed = fields.Hash("hash");
        var hashes = new List<Hash256>();
        var bodies = new List<RpcTransaction>();
        var unknown = new List<RpcUnknownTransaction>();
        foreach (var item in fields.OptionalArray("transactions"))
        {
            ReadTransaction(ref fields, item, hashes, bodies, unknown);
        }

        if (bodies.Count + unknown.Count is > 0 and int objects && objects != hashes.Count)
        {
            fields.Fail("transactions", "expected either transaction objects or hashes, found both.");
        }

        var withdrawals = ReadWithdrawals(ref fields);
        failure = fields.Failure;
        block = failure.IsFailure ? null : new RpcBlock(header, claimed, hashes, bodies, unknown, withdrawals);
        return block is not null;
    }

    /// <summary>Reads a header without transactions, as the newHeads subscription sends it.</summary>
    public static bool TryReadHeader(JsonElement json, [NotNullWhen(true)] out BlockHeader? header, out Hash256 claimedHash, out RpcFailure failure)
    {
        var fields = new RpcObject(json);
        var read = ReadHeader(ref fields);
        claimedHash = fields.Hash("hash");
        failure = fields.Failure;
        header = failure.IsFailure ? null : read;
        return header is not null;
    }

    private static BlockHeader ReadHeader(ref RpcObject fields) => new()
    {
        ParentHash = fields.Hash("parentHash"),
        OmmersHash = fields.Hash("sha3Uncles"),
        FeeRecipient = fields.Address("miner"),
        StateRoot = fields.Hash("stateRoot"),
        TransactionsRoot = fields.Hash("transactionsRoot"),
        ReceiptsRoot = fields.Hash("receiptsRoot"),
        LogsBloom = fields.Data("logsBloom", BlockHeader.BloomBytes),
        Difficulty = fields.Quantity("difficulty"),
        Number = new BlockNumber(fields.UInt64("number")),
        GasLimit = new Gas(fields.UInt64("gasLimit")),
        GasUsed = new Gas(fields.UInt64("gasUsed")),
        TimestampSeconds = fields.UInt64("timestamp"),
        ExtraData = fields.Data("extraData"),
        MixHash = fields.Has("mixHash") ? fields.Hash("mixHash") : default,
        PowNonce = fields.Has("nonce") ? ReadPowNonce(ref fields) : 0,
        BaseFeePerGas = fields.Has("baseFeePerGas") ? new Wei(fields.Quantity("baseFeePerGas")) : null,
        WithdrawalsRoot = OptionalHash(ref fields, "withdrawalsRoot"),
        BlobGasUsed = OptionalGas(ref fields, "blobGasUsed"),
        ExcessBlobGas = OptionalGas(ref fields, "excessBlobGas"),
        ParentBeaconBlockRoot = OptionalHash(ref fields, "parentBeaconBlockRoot"),
        RequestsHash = OptionalHash(ref fields, "requestsHash"),
    };

    private static ulong ReadPowNonce(ref RpcObject fields)
    {
        var bytes = fields.Data("nonce", sizeof(ulong));
        return bytes.Length == sizeof(ulong) ? BinaryPrimitives.ReadUInt64BigEndian(bytes.Span) : 0;
    }

    private static Hash256? OptionalHash(ref RpcObject fields, string name) => fields.Has(name) ? fields.Hash(name) : null;

    private static Gas? OptionalGas(ref RpcObject fields, string name) => fields.Has(name) ? new Gas(fields.UInt64(name)) : null;

    private static void ReadTransaction(
        ref RpcObject fields, JsonElement item, List<Hash256> hashes, List<RpcTransaction> bodies, List<RpcUnknownTransaction> unknown)
    {
        Span<byte> hash = stackalloc byte[Hash256.Size];
        if (item.ValueKind == JsonValueKind.String && RpcHex.TryReadData(item, hash))
        {
            hashes.Add(new Hash256(hash));
        }
        else if (RpcTransactionReader.TryRead(item, out var body, out var failure))
        {
            hashes.Add(body.ClaimedHash);
            bodies.Add(body);
        }
        else if (RpcTransactionReader.TryReadUnknown(item, hashes.Count, out var other))
        {
            hashes.Add(other.ClaimedHash);
            unknown.Add(other);
        }
        else
        {
            fields.Fail($"transactions.{failure.Field}", failure.Reason ?? string.Empty);
        }
    }

    private static List<Withdrawal>? ReadWithdrawals(ref RpcObject fields)
    {
        if (!fields.Has("withdrawals"))
        {
            return null;
        }

        var withdrawals = new List<Withdrawal>();
        foreach (var item in fields.OptionalArray("withdrawals"))
        {
            var entry = new RpcObject(item);
            withdrawals.Add(new Withdrawal(
                entry.UInt64("index"), entry.UInt64("validatorIndex"), entry.Address("address"), entry.UInt64("amount")));
            fields.Adopt(entry.Failure, "withdrawals");
        }

        return withdrawals;
    }
}
