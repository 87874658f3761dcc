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
    /// <summary>The members of the specification and those that nodes add to it.</summary>
    private static readonly string[] s_members =
    [
        "parentHash", "sha3Uncles", "miner", "stateRoot", "transactionsRoot", "receiptsRoot", "logsBloom", "difficulty", "number", "gasLimit", "gasUsed",
        "timestamp", "extraData", "mixHash", "nonce", "baseFeePerGas", "withdrawalsRoot", "blobGasUsed", "excessBlobGas", "parentBeaconBlockRoot",
        "requestsHash", "hash", "size", "totalDifficulty", "uncles", "transactions", "withdrawals", "author",
    ];

    /// <summary>Reads a block with its transactions, as bodies or as hashes. Transactions of unknown types are listed, every other fault fails.</summary>
    public static bool TryRead(JsonElement json, [NotNullWhen(true)] out RpcBlock? block, out RpcFailure failure)
    {
        if (!TryReadAny(json, default, out block, out failure))
        {
            return false;
        }

        var unreadable = block.Unknown.FirstOrDefault(static tx => !tx.IsForeign);
        failure = block.HeaderFailure.IsFailure ? block.HeaderFailure : unreadable is null ? RpcFailure.None : unreadable.Failure;
        block = failure.IsFailure ? null : block;
        return block is not null;
    }

    /// <summary>Reads a block as far as possible: transactions that cannot be read are listed as unknown, and the header's first fault is kept.</summary>
    /// <param name="json">The block object.</param>
    /// <param name="chain">The chain that a transaction without a chain id is tried for.</param>
    /// <param name="block">The block.</param>
    /// <param name="failure">The fault that makes it unusable.</param>
    /// <returns>False if the hash, the parent, the height or the time is missing, or a transaction has no hash.</returns>
    public static bool TryReadAny(JsonElement json, ChainId chain, [NotNullWhen(true)] out RpcBlock? block, out RpcFailure failure)
    {
        var fields = new RpcObject(json);
        var claimed = fields.Hash("hash");
        fields.Hash("parentHash");
        fields.UInt64("number");
        fields.UInt64("timestamp");
        var headerFields = new RpcObject(json);
        var header = ReadHeader(ref headerFields);
        var transactions = new TransactionLists();
        foreach (var item in fields.OptionalArray("transactions"))
        {
            ReadTransaction(ref fields, item, chain, transactions);
        }

        if (transactions.Bodies.Count + transactions.Unknown.Count is > 0 and int objects && objects != transactions.Hashes.Count)
        {
            fields.Fail("transactions", "expected either transaction objects or hashes, found both.");
        }

        var withdrawals = ReadWithdrawals(ref fields);
        failure = fields.Failure;
        block = failure.IsFailure ? null : new RpcBlock(header, claimed, transactions.Hashes, transactions.Bodies, transactions.Unknown, withdrawals)
        {
            HeaderFailure = headerFields.Failure,
            UnknownMembers = headerFields.MembersOutside(s_members),
        };
        return block is not null;
    }

    /// <summary>Reads the hash and the height of a head; nothing else of it is needed to fetch the block.</summary>
    public static bool TryReadHead(JsonElement json, out Hash256 hash, out BlockNumber number, out RpcFailure failure)
    {
        var fields = new RpcObject(json);
        hash = fields.Hash("hash");
        number = new BlockNumber(fields.UInt64("number"));
        failure = fields.Failure;
        return !failure.IsFailure;
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

    private static void ReadTransaction(ref RpcObject fields, JsonElement item, ChainId chain, TransactionLists lists)
    {
        Span<byte> hash = stackalloc byte[Hash256.Size];
        if (item.ValueKind == JsonValueKind.String && RpcHex.TryReadData(item, hash))
        {
            lists.Hashes.Add(new Hash256(hash));
        }
        else if (RpcTransactionReader.TryReadAny(item, chain, out var body, out var failure))
        {
            lists.Hashes.Add(body.ClaimedHash);
            lists.Bodies.Add(body);
        }
        else if (RpcTransactionReader.TryReadUnreadable(item, lists.Hashes.Count, new RpcFailure($"transactions.{failure.Field}", failure.Reason), out var other))
        {
            lists.Hashes.Add(other.ClaimedHash);
            lists.Unknown.Add(other);
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

    /// <summary>The transactions of a block while it is read.</summary>
    private sealed class TransactionLists
    {
        public List<Hash256> Hashes { get; } = [];

        public List<RpcTransaction> Bodies { get; } = [];

        public List<RpcUnknownTransaction> Unknown { get; } = [];
    }
}
