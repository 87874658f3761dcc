using System.Text.Json;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Evm.State;
using Mempulse.Evm.Tests.Vectors;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Evm.Tests.StateTests;

/// <summary>The transaction of a state test, parameterised by data, gas and value.</summary>
internal sealed class TransactionTemplate(JsonElement fields, ISenderRecovery recovery)
{
    /// <summary>Returns the transaction at these indexes; null if a field exceeds its range and the transaction cannot be encoded.</summary>
    public EvmTransaction? At(int data, int gas, int value)
    {
        if (!HexJson.TryNumber(fields.GetProperty("value")[value].GetString()!, out var wei)
            || !HexJson.TryNumber(fields.GetProperty("gasLimit")[gas].GetString()!, out var gasLimit) || !gasLimit.FitsUInt64
            || !TryPrice("maxFeePerGas", out var maxFee) || !TryPrice("maxPriorityFeePerGas", out var tip))
        {
            return null;
        }

        var accessList = AccessList(data);
        return new EvmTransaction
        {
            Type = TypeOf(accessList),
            Sender = fields.Account("sender"),
            ChainId = 1,
            Nonce = fields.Number64("nonce"),
            GasLimit = gasLimit.LowUInt64,
            Recipient = fields.GetProperty("to").GetString() is { Length: > 0 } to ? Address.Parse(to) : null,
            Value = wei,
            Input = HexJson.Bytes(fields.GetProperty("data")[data].GetString()!),
            MaxFeePerGas = maxFee,
            MaxPriorityFeePerGas = tip,
            AccessList = accessList ?? [],
            MaxFeePerBlobGas = fields.Number("maxFeePerBlobGas"),
            BlobHashes = Array("blobVersionedHashes").Select(hash => Hash256.Parse(hash.GetString()!)).ToArray(),
            Authorizations = Array("authorizationList").Select(Authorization).ToArray(),
        };
    }

    private TxType TypeOf(IReadOnlyList<AccessListEntry>? accessList)
    {
        if (fields.TryGetProperty("authorizationList", out _))
        {
            return TxType.SetCode;
        }

        if (fields.TryGetProperty("maxFeePerBlobGas", out _))
        {
            return TxType.Blob;
        }

        if (fields.TryGetProperty("maxFeePerGas", out _))
        {
            return TxType.DynamicFee;
        }

        return accessList is null ? TxType.Legacy : TxType.AccessList;
    }

    private bool TryPrice(string name, out UInt256 price) =>
        HexJson.TryNumber(fields.GetProperty(fields.TryGetProperty(name, out _) ? name : "gasPrice").GetString()!, out price);

    private JsonElement.ArrayEnumerator Array(string name) =>
        fields.TryGetProperty(name, out var list) ? list.EnumerateArray() : default;

    private AccessListEntry[]? AccessList(int data)
    {
        if (!fields.TryGetProperty("accessLists", out var lists) || lists[data].ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return [.. lists[data].EnumerateArray().Select(entry => new AccessListEntry(
            entry.Account("address"),
            [.. entry.GetProperty("storageKeys").EnumerateArray().Select(key => AddressWord.ToHash(HexJson.Number(key.GetString()!)))]))];
    }

    private SetCodeTuple Authorization(JsonElement tuple)
    {
        var parity = tuple.Number(tuple.TryGetProperty("yParity", out _) ? "yParity" : "v");
        var nonce = tuple.Number("nonce");
        var signed = new SignedAuthorization(
            tuple.Number("chainId"),
            tuple.Account("address"),
            new Nonce(nonce.LowUInt64),
            new EcdsaSignature(tuple.Number("r"), tuple.Number("s"), parity > 255UL ? byte.MaxValue : (byte)parity.LowUInt64));
        bool isSigned = signed.TryRecoverAuthority(recovery, out var authority);
        return new SetCodeTuple(signed.ChainId, signed.Delegate, signed.Nonce.Value, isSigned ? authority : null);
    }
}
