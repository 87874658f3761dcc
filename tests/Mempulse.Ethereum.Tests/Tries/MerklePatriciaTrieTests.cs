using CsCheck;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Tries;
using Mempulse.Primitives;

namespace Mempulse.Ethereum.Tests.Tries;

public sealed class MerklePatriciaTrieTests
{
    private static readonly Gen<byte[]> Key = Gen.Byte[0, 40].Array[0, 4];

    [Fact]
    public void An_empty_trie_has_no_entries_and_the_empty_root()
    {
        var trie = new MerklePatriciaTrie();

        Assert.Equal(TrieLookup.Absent, trie.Find([1], out _));
        Assert.True(trie.TryRemove([1]));
        Assert.Equal(Keccak256.OfEmptyString, trie.ComputeRoot());
        Assert.Throws<ArgumentException>(() => trie.TryPut([1], []));
    }

    /// <summary>After any sequence of puts and removals, the trie has the expected content, and the root that <see cref="TrieRootBuilder"/> computes.</summary>
    [Fact]
    public void After_any_changes_content_and_root_are_those_of_the_remaining_entries() =>
        Gen.Select(Key, Gen.Byte.Array[0, 40]).List[0, 60].Sample(
            changes =>
            {
                var trie = new MerklePatriciaTrie();
                var content = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
                foreach (var (key, value) in changes)
                {
                    Assert.True(value.Length == 0 ? trie.TryRemove(key) : trie.TryPut(key, value));
                    content.Remove(Convert.ToHexString(key));
                    if (value.Length != 0)
                    {
                        content.Add(Convert.ToHexString(key), value);
                    }
                }

                Assert.Equal(RootOf(content), trie.ComputeRoot());
                foreach (var (key, _) in changes)
                {
                    bool isThere = content.TryGetValue(Convert.ToHexString(key), out byte[]? expected);
                    Assert.Equal(isThere ? TrieLookup.Found : TrieLookup.Absent, trie.Find(key, out var found));
                    Assert.Equal(expected ?? [], found.ToArray());
                }
            },
            iter: 2_000);

    [Fact]
    public void A_copy_is_independent_of_changes_to_the_original()
    {
        var trie = new MerklePatriciaTrie();
        trie.TryPut([1, 2], [3]);
        var before = trie.ComputeRoot();
        var copy = trie.Copy();

        trie.TryPut([1, 3], [4]);
        trie.TryRemove([1, 2]);

        Assert.Equal(before, copy.ComputeRoot());
        Assert.Equal(TrieLookup.Found, copy.Find([1, 2], out _));
    }

    [Fact]
    public void Without_its_nodes_a_trie_finds_nothing_and_refuses_changes()
    {
        var root = Keccak256.Hash([1]);
        var trie = new MerklePatriciaTrie(root, TrieNodes.None);

        Assert.Equal(TrieLookup.Missing, trie.Find([1], out _));
        Assert.False(trie.TryPut([1], [1]));
        Assert.False(trie.TryRemove([1]));
        Assert.Equal(root, trie.ComputeRoot());
    }

    /// <summary>The branch's other child is known by its hash only, so what remains after a removal cannot be computed.</summary>
    [Fact]
    public void An_entry_beside_an_unknown_one_cannot_be_removed()
    {
        // 17 items: a leaf of path 1 and value 0x01 at slot 0, a hash at slot 1, nothing else.
        byte[] branch = [0xf3, 0xc2, 0x31, 0x01, 0xa0, .. Keccak256.Hash([2]).ToArray(), .. Enumerable.Repeat((byte)0x80, 15)];
        var trie = new MerklePatriciaTrie(Keccak256.Hash(branch), new TrieNodes([branch]));

        Assert.Equal(TrieLookup.Found, trie.Find([0x01], out _));
        Assert.Equal(TrieLookup.Missing, trie.Find([0x11], out _));
        Assert.False(trie.TryRemove([0x01]));
        Assert.True(trie.TryPut([0x01], [7]));
        Assert.Equal(TrieLookup.Found, trie.Find([0x01], out var value));
        Assert.Equal([7], value.ToArray());
    }

    /// <summary>The root is the hash of arbitrary bytes; no operation throws.</summary>
    [Fact]
    public void No_node_bytes_cause_an_exception() =>
        Gen.Select(Gen.OneOf(Gen.Byte.Array[0, 80], Gen.Byte.Array[0, 60].Select(body => (byte[])[(byte)(0xc0 + Math.Min(body.Length, 55)), .. body.Take(55)])), Key).Sample(
            (node, key) =>
            {
                var trie = new MerklePatriciaTrie(Keccak256.Hash(node), new TrieNodes([node]));
                trie.Find(key, out _);
                trie.TryPut(key, [1]);
                trie.TryRemove(key);
                trie.ComputeRoot();
            },
            iter: 20_000);

    private static Hash256 RootOf(SortedDictionary<string, byte[]> content)
    {
        var builder = new TrieRootBuilder();
        foreach (var (key, value) in content)
        {
            builder.Add(Convert.FromHexString(key), value);
        }

        return builder.ComputeRoot();
    }
}
