using CsCheck;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Tries;
using Mempulse.Primitives;
using Mempulse.Testing.Tries;

namespace Mempulse.Ethereum.Tests.Tries;

public sealed class TrieProofTests
{
    /// <summary>Keys with common prefixes of any length, or that differ only at their end, so that branches, extensions and embedded nodes all occur.</summary>
    private static readonly Gen<Hash256> Key = Gen.Select(Gen.Int[0, 63], Gen.Byte[0, 3], Gen.Byte[0, 3], (at, value, last) =>
    {
        byte[] bytes = new byte[Hash256.Size];
        bytes[at / 2] = (byte)(at % 2 == 0 ? value << 4 : value);
        bytes[^1] ^= last;
        return new Hash256(bytes);
    });

    private static readonly Gen<(Hash256 Key, byte[] Value)[]> Entries = Gen.Select(Key, Gen.Byte.Array[1, 40]).Array[0, 30];

    [Fact]
    public void A_present_key_is_proven_and_an_absent_key_is_proven_absent() => Gen.Select(Entries, Key).Sample((entries, other) =>
    {
        var (trie, root, values) = Build(entries);
        foreach (var (key, value) in values)
        {
            Assert.True(TrieProof.TryVerify(root, key, new TrieNodes(trie.Prove(Nibbles(key))), out var proven));
            Assert.Equal(value, proven);
        }

        Assert.True(TrieProof.TryVerify(root, other, new TrieNodes(trie.Prove(Nibbles(other))), out var found));
        Assert.Equal(values.GetValueOrDefault(other, []), found);
    });

    [Fact]
    public void A_changed_node_proves_nothing() => Gen.Select(Entries, Key, Gen.Int[0, int.MaxValue]).Sample((entries, key, flip) =>
    {
        var (trie, root, values) = Build(entries);
        var proof = trie.Prove(Nibbles(key));
        int index = flip % proof.Length;
        byte[] changed = proof[index].ToArray();
        changed[flip % changed.Length] ^= (byte)(1 << (flip % 8));
        proof[index] = changed;

        // The root alone proves that an empty trie has no keys.
        Assert.Equal(values.Count == 0, TrieProof.TryVerify(root, key, new TrieNodes(proof), out _));
    });

    [Fact]
    public void A_proof_with_a_node_too_few_proves_nothing_and_further_nodes_are_ignored() => Gen.Select(Entries, Key).Sample((entries, key) =>
    {
        var (trie, root, values) = Build(entries);
        var proof = trie.Prove(Nibbles(key));

        Assert.False(proof.Length > 1 && TrieProof.TryVerify(root, key, new TrieNodes(proof[..^1]), out _));
        Assert.True(TrieProof.TryVerify(root, key, new TrieNodes([.. proof, proof[^1], .. proof.Select(node => (ReadOnlyMemory<byte>)node[1..])]), out var value));
        Assert.Equal(values.GetValueOrDefault(key, []), value);
    });

    [Fact]
    public void Random_bytes_are_rejected_as_a_proof() => Gen.Byte.Array[0, 80].Array[1, 4].Sample(nodes =>
        Assert.False(TrieProof.TryVerify(Keccak256.Hash(nodes[0]), Keccak256.OfNothing, new TrieNodes([.. nodes.Select(node => (ReadOnlyMemory<byte>)node)]), out var value) && !value.IsEmpty));

    [Fact]
    public void The_empty_trie_is_proven_empty_with_or_without_its_node()
    {
        Assert.True(TrieProof.TryVerify(Keccak256.OfEmptyString, Keccak256.OfNothing, TrieNodes.None, out var none));
        Assert.True(none.IsEmpty);
        Assert.True(TrieProof.TryVerify(Keccak256.OfEmptyString, Keccak256.OfNothing, new TrieNodes([new byte[] { 0x80 }]), out none));
        Assert.True(none.IsEmpty);
        Assert.False(TrieProof.TryVerify(Keccak256.OfNothing, Keccak256.OfNothing, TrieNodes.None, out _));
    }

    private static (ProvingTrie Trie, Hash256 Root, Dictionary<Hash256, byte[]> Values) Build((Hash256 Key, byte[] Value)[] entries)
    {
        var values = entries.GroupBy(entry => entry.Key).ToDictionary(group => group.Key, group => group.Last().Value);
        var trie = new ProvingTrie(values.ToDictionary(entry => Nibbles(entry.Key), entry => entry.Value));
        var builder = new TrieRootBuilder();
        foreach (var (key, value) in values.OrderBy(entry => entry.Key))
        {
            builder.Add(key.ToArray(), value);
        }

        Assert.Equal(builder.ComputeRoot(), trie.Root);
        return (trie, trie.Root, values);
    }

    private static string Nibbles(Hash256 key) => key.ToString()[2..];
}
