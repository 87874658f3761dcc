using System.Text.Json;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.Ethereum.Rlp;
using Mempulse.Ethereum.Tries;
using Mempulse.Evm.State;
using Mempulse.Primitives;

namespace Mempulse.ChainState;

/// <summary>Answers of eth_getProof (EIP-1186), taken for true only as far as their nodes prove.</summary>
internal static class AccountProof
{
    /// <summary>The account; null where the proof shows that there is none.</summary>
    /// <returns>False when the answer proves neither.</returns>
    public static bool TryReadAccount(JsonElement answer, in Hash256 stateRoot, in Address address, out AccountRecord? account, out Hash256 storageRoot)
    {
        account = null;
        storageRoot = Keccak256.OfEmptyString;
        if (!TryReadNodes(answer, "accountProof", out var nodes)
            || !TrieProof.TryVerify(stateRoot, Keccak256.Hash(address.ToArray()), nodes, out var value))
        {
            return false;
        }

        if (value.IsEmpty)
        {
            return true;
        }

        if (!AccountLeaf.TryRead(value.Span, out var leaf))
        {
            return false;
        }

        storageRoot = leaf.StorageRoot;
        account = new AccountRecord(leaf.Balance, leaf.Nonce, leaf.CodeHash, storageRoot != Keccak256.OfEmptyString);
        return true;
    }

    /// <summary>The values of <paramref name="slots"/>, in their order.</summary>
    /// <returns>The first slot whose value the answer does not prove, or says otherwise than it proves; null when it proves all.</returns>
    public static UInt256? ReadSlots(JsonElement answer, in Hash256 storageRoot, IReadOnlyList<UInt256> slots, UInt256[] values)
    {
        bool hasProofs = answer.TryGetProperty("storageProof", out var proofs) && proofs.ValueKind == JsonValueKind.Array;
        Span<byte> bytes = stackalloc byte[UInt256.Size];
        for (int i = 0; i < slots.Count; i++)
        {
            slots[i].WriteBigEndian(bytes);
            if (!hasProofs || i >= proofs.GetArrayLength()
                || !TryReadNodes(proofs[i], "proof", out var nodes)
                || !TrieProof.TryVerify(storageRoot, Keccak256.Hash(bytes), nodes, out var leaf)
                || !TryReadValue(leaf, out values[i])
                || (Quantity(proofs[i], "value") is { } told && told != values[i]))
            {
                return slots[i];
            }
        }

        return null;
    }

    /// <summary>Where the answer's own words differ from what its proof proves; null where they do not. A node that says both is broken or lies.</summary>
    public static string? Contradiction(JsonElement answer, AccountRecord? account, in Hash256 storageRoot)
    {
        var proven = account ?? new AccountRecord(default, 0, Keccak256.OfNothing, HasStorage: false);
        return Quantity(answer, "balance") is { } balance && balance != proven.Balance ? $"The node says a balance of {balance}, its proof {proven.Balance}."
            : Quantity(answer, "nonce") is { } nonce && nonce != proven.Nonce ? $"The node says a nonce of {nonce}, its proof {proven.Nonce}."
            : account is not null && Hash(answer, "codeHash") is { } code && code != proven.CodeHash ? $"The node says a code hash of {code}, its proof {proven.CodeHash}."
            : account is not null && Hash(answer, "storageHash") is { } root && root != storageRoot ? $"The node says a storage root of {root}, its proof {storageRoot}."
            : null;
    }

    private static UInt256? Quantity(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var told) && told.ValueKind == JsonValueKind.String && UInt256.TryParse(told.GetString(), out var value) ? value : null;

    private static Hash256? Hash(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var told) && RpcHex.TryReadHash(told, out var value) ? value : null;

    private static bool TryReadValue(ReadOnlyMemory<byte> leaf, out UInt256 value)
    {
        value = default;
        if (leaf.IsEmpty)
        {
            return true;
        }

        var reader = new RlpReader(leaf.Span);
        value = reader.ReadUInt256();
        return !reader.Failed;
    }

    private static bool TryReadNodes(JsonElement answer, string name, out List<ReadOnlyMemory<byte>> nodes)
    {
        nodes = [];
        if (answer.ValueKind != JsonValueKind.Object || !answer.TryGetProperty(name, out var list) || list.ValueKind != JsonValueKind.Array)
        {
            return false;
        }

        foreach (var item in list.EnumerateArray())
        {
            if (RpcHex.ReadData(item) is not { Length: > 0 } node)
            {
                return false;
            }

            nodes.Add(node);
        }

        return true;
    }
}
