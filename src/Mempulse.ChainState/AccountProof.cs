using System.Text.Json;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.Ethereum.Rlp;
using Mempulse.Ethereum.Tries;
using Mempulse.Evm.State;
using Mempulse.Primitives;

namespace Mempulse.ChainState;

/// <summary>Reads answers of eth_getProof (EIP-1186) and accepts what their trie nodes prove. Their other fields repeat that, and prove nothing.</summary>
internal static class AccountProof
{
    /// <summary>Maximum number of nodes of one proof. A trie of 2^64 entries has paths of about 20; some clients add nodes of neighbours.</summary>
    private const int MaxNodes = 256;

    /// <summary>Reads the account; null if the proof shows that it does not exist.</summary>
    /// <returns>False if the answer proves neither.</returns>
    public static bool TryReadAccount(JsonElement answer, in Hash256 stateRoot, in Address address, out AccountRecord? account, out Hash256 storageRoot)
    {
        account = null;
        storageRoot = Keccak256.OfEmptyString;
        if (!TrieProof.TryVerify(stateRoot, Keccak256.Hash(address.ToArray()), new TrieNodes([.. Nodes(answer, "accountProof")]), out var value))
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

    /// <summary>Reads the values of <paramref name="slots"/>, in order. The proofs may be in any order, with keys in any notation: only their nodes count.</summary>
    /// <returns>The first slot whose value is not proven; null if all are proven.</returns>
    public static UInt256? ReadSlots(JsonElement answer, in Hash256 storageRoot, IReadOnlyList<UInt256> slots, UInt256[] values)
    {
        var nodes = new TrieNodes([.. Proofs(answer).SelectMany(static proof => Nodes(proof, "proof"))]);
        Span<byte> bytes = stackalloc byte[UInt256.Size];
        for (int i = 0; i < slots.Count; i++)
        {
            slots[i].WriteBigEndian(bytes);
            if (!TrieProof.TryVerify(storageRoot, Keccak256.Hash(bytes), nodes, out var leaf) || !TryReadValue(leaf, out values[i]))
            {
                return slots[i];
            }
        }

        return null;
    }

    /// <summary>True if a field of the answer contradicts what its nodes prove. Values that stand for nothing in one client or another contradict nothing.</summary>
    public static bool Contradicts(JsonElement answer, AccountRecord? account, in Hash256 storageRoot, IReadOnlyList<UInt256> slots, UInt256[] values)
    {
        var proven = account ?? new AccountRecord(default, 0, Keccak256.OfNothing, HasStorage: false);
        return (Quantity(answer, "balance") is { } balance && balance != proven.Balance)
            || (Quantity(answer, "nonce") is { } nonce && nonce != proven.Nonce)
            || (Hash(answer, "codeHash") is { } code && code != proven.CodeHash && !IsNothing(code))
            || (Hash(answer, "storageHash") is { } root && root != storageRoot && !IsNothing(root))
            || ContradictsValue(answer, slots, values);
    }

    /// <summary>Compares the stated values of the slots whose keys can be read.</summary>
    private static bool ContradictsValue(JsonElement answer, IReadOnlyList<UInt256> slots, UInt256[] values)
    {
        foreach (var proof in Proofs(answer))
        {
            if (Quantity(proof, "key") is { } key && Quantity(proof, "value") is { } stated)
            {
                for (int i = 0; i < slots.Count; i++)
                {
                    if (slots[i] == key && values[i] != stated)
                    {
                        return true;
                    }
                }
            }
        }

        return false;
    }

    private static bool IsNothing(in Hash256 hash) => hash.IsZero || hash == Keccak256.OfNothing || hash == Keccak256.OfEmptyString;

    private static UInt256? Quantity(JsonElement answer, string name) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty(name, out var stated) && RpcHex.TryReadQuantity(stated, out var value) ? value : null;

    private static Hash256? Hash(JsonElement answer, string name) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty(name, out var stated) && RpcHex.TryReadHash(stated, out var value) ? value : null;

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

    private static IEnumerable<JsonElement> Proofs(JsonElement answer) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("storageProof", out var proofs) && proofs.ValueKind == JsonValueKind.Array
            ? proofs.EnumerateArray().Take(AccountParts.MaxSlots)
            : [];

    /// <summary>Returns the nodes of a proof. What is not a node proves nothing and refutes nothing, so it is skipped.</summary>
    private static IEnumerable<ReadOnlyMemory<byte>> Nodes(JsonElement proof, string name)
    {
        if (proof.ValueKind != JsonValueKind.Object || !proof.TryGetProperty(name, out var list) || list.ValueKind != JsonValueKind.Array)
        {
            yield break;
        }

        foreach (var item in list.EnumerateArray().Take(MaxNodes))
        {
            if (RpcHex.ReadData(item) is { Length: > 0 } node)
            {
                yield return node;
            }
        }
    }
}
