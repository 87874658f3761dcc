using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Ethereum.JsonRpc;

/// <summary>Reads signed fields from transaction objects of JSON-RPC (eth_getTransactionByHash, full blocks, full-object subscriptions).</summary>
/// <remarks>execution-apis, schema TransactionInfo. Bad JSON is an <see cref="RpcFailure"/>, never an exception.</remarks>
public static class RpcTransactionReader
{
    /// <summary>Reads one transaction object.</summary>
    /// <returns>False, with the failure, if a field that the type needs is absent or malformed.</returns>
    public static bool TryRead(JsonElement json, [NotNullWhen(true)] out RpcTransaction? transaction, out RpcFailure failure)
    {
        var fields = new RpcObject(json);
        var type = ReadType(ref fields);
        var signature = ReadSignature(ref fields, type, out var chain);
        var signed = ReadFields(ref fields, type, chain, signature);
        var read = new RpcTransaction(signed, fields.Hash("hash"), fields.OptionalAddress("from"));
        failure = fields.Failure;
        transaction = failure.IsFailure ? null : read;
        return transaction is not null;
    }

    /// <summary>Reads a transaction in whatever form nodes write it, and lets the hash decide between the meanings of a field.</summary>
    /// <param name="json">The transaction object.</param>
    /// <param name="chain">The chain that a transaction without a chain id is tried for.</param>
    /// <param name="transaction">The transaction. It is inconsistent if it reads by the specification and no meaning has the claimed hash.</param>
    /// <param name="failure">Why it cannot be read by the specification.</param>
    /// <returns>False if it neither reads by the specification nor has a meaning with the claimed hash.</returns>
    public static bool TryReadAny(JsonElement json, ChainId chain, [NotNullWhen(true)] out RpcTransaction? transaction, out RpcFailure failure)
    {
        bool isRead = TryRead(json, out transaction, out failure);
        if (transaction is { IsConsistent: true } || !RpcTransactionRepair.TryRepair(json, chain, out var repaired))
        {
            return isRead;
        }

        transaction = repaired;
        failure = RpcFailure.None;
        return true;
    }

    /// <summary>Reads what identifies a transaction that cannot be read.</summary>
    /// <returns>False if the hash is missing or malformed.</returns>
    public static bool TryReadUnreadable(JsonElement json, int index, RpcFailure failure, [NotNullWhen(true)] out RpcUnknownTransaction? transaction)
    {
        var fields = new RpcObject(json);
        var hash = fields.Hash("hash");
        Span<byte> sender = stackalloc byte[Address.Size];
        bool hasSender = RpcHex.TryReadData(fields.Optional("from"), sender);
        bool hasNonce = RpcHex.TryReadUInt64(fields.Optional("nonce"), out ulong nonce);
        bool isForeign = RpcHex.TryReadUInt64(fields.Optional("type"), out ulong type) && !TxTypes.IsKnown(type);
        transaction = fields.Failure.IsFailure ? null : new RpcUnknownTransaction(index, hash, hasSender ? new Address(sender) : null, hasNonce ? new Nonce(nonce) : null)
        {
            Failure = failure,
            IsForeign = isForeign,
        };
        return transaction is not null;
    }

    /// <summary>Reads every field but the type, the chain id and the signature.</summary>
    internal static SignedTransaction ReadFields(ref RpcObject fields, TxType type, ChainId chain, EcdsaSignature signature)
    {
        bool hasFeeCap = type >= TxType.DynamicFee;
        var maxFee = new Wei(fields.Quantity(hasFeeCap ? "maxFeePerGas" : "gasPrice"));
        return new SignedTransaction
        {
            Type = type,
            ChainId = chain,
            Nonce = new Nonce(fields.UInt64("nonce")),
            GasLimit = new Gas(fields.UInt64(fields.Has("gas") ? "gas" : "gasLimit")),
            Recipient = fields.OptionalAddress("to"),
            Value = new Wei(fields.Quantity("value")),
            MaxFeePerGas = maxFee,
            MaxPriorityFeePerGas = hasFeeCap ? new Wei(fields.Quantity("maxPriorityFeePerGas")) : maxFee,
            MaxFeePerBlobGas = type == TxType.Blob ? new Wei(fields.Quantity("maxFeePerBlobGas")) : default,
            Input = fields.Data(fields.Has("input") ? "input" : "data"),
            AccessList = type >= TxType.AccessList ? ReadAccessList(ref fields) : [],
            BlobHashes = type == TxType.Blob ? fields.Hashes("blobVersionedHashes") : [],
            Authorizations = type == TxType.SetCode ? ReadAuthorizations(ref fields) : [],
            Signature = signature,
        };
    }

    private static TxType ReadType(ref RpcObject fields)
    {
        ulong type = fields.Has("type") ? fields.UInt64("type") : 0; // nodes before Berlin omit it
        if (!TxTypes.IsKnown(type))
        {
            fields.Fail("type", "unknown transaction type.");
            return TxType.Legacy;
        }

        return (TxType)type;
    }

    private static EcdsaSignature ReadSignature(ref RpcObject fields, TxType type, out ChainId chain)
    {
        var r = fields.Quantity("r");
        var s = fields.Quantity("s");
        if (type != TxType.Legacy)
        {
            chain = new ChainId(fields.UInt64("chainId"));
            return new EcdsaSignature(r, s, ReadParity(ref fields, fields.Has("yParity") ? "yParity" : "v", parityLimit: 1));
        }

        ulong v = fields.UInt64("v");
        if (v is not (Eip155.UnprotectedV or Eip155.UnprotectedV + 1 or >= Eip155.ProtectedV + 2))
        {
            fields.Fail("v", "expected 27, 28 or an EIP-155 value.");
        }

        chain = new ChainId(v >= Eip155.ProtectedV ? (v - Eip155.ProtectedV) / 2 : 0);
        return new EcdsaSignature(r, s, (byte)((v & 1) ^ 1));
    }

    private static byte ReadParity(ref RpcObject fields, string name, byte parityLimit)
    {
        ulong parity = fields.UInt64(name);
        if (parity > parityLimit)
        {
            fields.Fail(name, $"expected a parity of at most {parityLimit}.");
            return 0;
        }

        return (byte)parity;
    }

    private static List<AccessListEntry> ReadAccessList(ref RpcObject fields)
    {
        var entries = new List<AccessListEntry>();
        foreach (var item in fields.OptionalArray("accessList"))
        {
            var entry = new RpcObject(item);
            entries.Add(new AccessListEntry(entry.Address("address"), entry.Hashes("storageKeys")));
            fields.Adopt(entry.Failure, "accessList");
        }

        return entries;
    }

    private static List<SignedAuthorization> ReadAuthorizations(ref RpcObject fields)
    {
        var tuples = new List<SignedAuthorization>();
        foreach (var item in fields.OptionalArray("authorizationList"))
        {
            var tuple = new RpcObject(item);
            byte parity = ReadParity(ref tuple, tuple.Has("yParity") ? "yParity" : "v", byte.MaxValue);
            tuples.Add(new SignedAuthorization(
                tuple.Quantity("chainId"),
                tuple.Address("address"),
                new Nonce(tuple.UInt64("nonce")),
                new EcdsaSignature(tuple.Quantity("r"), tuple.Quantity("s"), parity)));
            fields.Adopt(tuple.Failure, "authorizationList");
        }

        return tuples;
    }
}
