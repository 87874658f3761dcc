using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Signatures;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Ethereum.JsonRpc;

/// <summary>Tries the meanings that nodes give to the signature fields, the chain id and the type, until one has the claimed hash.</summary>
/// <remarks>What it returns is proven by its hash, so a wrong guess is never a wrong transaction.</remarks>
internal static class RpcTransactionRepair
{
    /// <summary>Finds the meaning with the claimed hash.</summary>
    public static bool TryRepair(JsonElement json, ChainId chain, [NotNullWhen(true)] out RpcTransaction? transaction)
    {
        transaction = null;
        var fields = new RpcObject(json);
        var hash = fields.Hash("hash");
        var (r, s) = (fields.Quantity("r"), fields.Quantity("s"));
        if (fields.Failure.IsFailure)
        {
            return false;
        }

        foreach (var type in TypesOf(fields))
        {
            foreach (var signedFor in ChainsOf(fields, type, chain))
            {
                foreach (byte parity in (byte[])[0, 1])
                {
                    var attempt = new RpcObject(json);
                    var signed = RpcTransactionReader.ReadFields(ref attempt, type, signedFor, new EcdsaSignature(r, s, parity));
                    var candidate = new RpcTransaction(signed, hash, ReadSender(fields));
                    if (!attempt.Failure.IsFailure && candidate.IsConsistent)
                    {
                        transaction = candidate;
                        return true;
                    }
                }
            }
        }

        return false;
    }

    private static Address? ReadSender(in RpcObject fields)
    {
        Span<byte> sender = stackalloc byte[Address.Size];
        return RpcHex.TryReadData(fields.Optional("from"), sender) ? new Address(sender) : null;
    }

    /// <summary>The stated type; without one, the types whose fields are there.</summary>
    private static List<TxType> TypesOf(RpcObject fields)
    {
        if (fields.Has("type"))
        {
            return RpcHex.TryReadUInt64(fields.Optional("type"), out ulong stated) && TxTypes.IsKnown(stated) ? [(TxType)stated] : [];
        }

        var types = new List<TxType> { TxType.Legacy };
        if (fields.Has("accessList"))
        {
            types.Add(TxType.AccessList);
        }

        if (fields.Has("maxFeePerGas"))
        {
            types.Add(fields.Has("authorizationList") ? TxType.SetCode : fields.Has("blobVersionedHashes") ? TxType.Blob : TxType.DynamicFee);
        }

        return types;
    }

    /// <summary>The stated chain id, the one in v (EIP-155), the chain that is followed, and for a legacy transaction none.</summary>
    private static IEnumerable<ChainId> ChainsOf(RpcObject fields, TxType type, ChainId followed)
    {
        var chains = new SortedSet<ulong>();
        if (RpcHex.TryReadUInt64(fields.Optional("chainId"), out ulong stated))
        {
            chains.Add(stated);
        }

        if (RpcHex.TryReadUInt64(fields.Optional("v"), out ulong v) && v >= Eip155.ProtectedV)
        {
            chains.Add((v - Eip155.ProtectedV) / 2);
        }

        chains.Add(followed.Value);
        if (type == TxType.Legacy)
        {
            chains.Add(0);
            chains.RemoveWhere(static id => id > Eip155.MaxChainId);
        }

        return chains.Select(static id => new ChainId(id));
    }
}
