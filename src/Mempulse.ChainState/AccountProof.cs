using System.Text.Json;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.Ethereum.Rlp;
using Mempulse.Ethereum.Tries;
using Mempulse.Evm.State;
using Mempulse.Primitives;

namespace Mempulse.ChainState;

/// <summary>Reads answers of eth_getProof (EIP-1186) and accepts only what their trie nodes prove.</summary>
internal static class AccountProof
{
    /// <summary>Reads the account; null if the proof shows that it does not exist.</summary>
    /// <returns>False if the answer proves neither.</returns>
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

    /// <summary>Reads the values of <paramref name="slots"/>, in order.</summary>
    /// <returns>The first slot whose value is not proven or contradicts its proof; null if all are proven.</returns>
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
                || (Quantity(proofs[i], "value") is { } stated && stated != values[i]))
            {
                return slots[i];
            }
        }

        return null;
    }

    /// <summary>The first field of the answer that contradicts its proof, as a sentence; null if none does. A node that sends both is faulty or dishonest.</summary>
    public static string? Contradiction(JsonElement answer, AccountRecord? account, in Hash256 storageRoot)
    {
        var proven = account ?? new AccountRecord(default, 0, Keccak256.OfNothing, HasStorage: false);
        return Quantity(answer, "balance") is { } balance && balance != proven.Balance ? $"The node states a balance of {balance}, its proof {proven.Balance}."
            : Quantity(answer, "nonce") is { } nonce && nonce != proven.Nonce ? $"The node states a nonce of {nonce}, its proof {proven.Nonce}."
            : account is not null && Hash(answer, "codeHash") is { } code && code != proven.CodeHash ? $"The node states a code hash of {code}, its proof {proven.CodeHash}."
            : account is not null && Hash(answer, "storageHash") is { } root && root != storageRoot ? $"The node states a storage root of {root}, its proof {storageRoot}."
            : null;
    }

    private static UInt256? Quantity(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var stated) && stated.ValueKind == JsonValueKind.String && UInt256.TryParse(stated.GetString(), out var value) ? value : null;

    private static Hash256? Hash(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var stated) && RpcHex.TryReadHash(stated, out var value) ? value : null;

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
