using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;

namespace Mempulse.Ethereum.Tries;

/// <summary>Verifies proofs that a trie with a known root has a certain value, or no value, at a key. Yellow Paper, appendix D.</summary>
/// <remarks>The nodes are untrusted: no input makes it throw. The nibbles of a key bound the depth.</remarks>
public static class TrieProof
{
    private static ReadOnlySpan<byte> EmptyNode => [0x80];

    /// <summary>Follows <paramref name="nodes"/> from the root to the key.</summary>
    /// <param name="root">The root.</param>
    /// <param name="key">The key as the trie has it: in a state trie, the Keccak-256 of an address or a slot.</param>
    /// <param name="nodes">Exactly the nodes on the path, root first, as eth_getProof returns them (EIP-1186).</param>
    /// <param name="value">The value at the key; empty if the proof shows that the key is absent.</param>
    /// <returns>False if the nodes prove neither.</returns>
    public static bool TryVerify(in Hash256 root, in Hash256 key, IReadOnlyList<ReadOnlyMemory<byte>> nodes, out ReadOnlyMemory<byte> value)
    {
        if (root == Keccak256.OfEmptyString)
        {
            // Some clients return no nodes for an empty trie, others the empty node, 0x80.
            value = default;
            return nodes.Count == 0 || (nodes.Count == 1 && nodes[0].Span.SequenceEqual(EmptyNode));
        }

        Span<byte> path = stackalloc byte[Hash256.Size];
        key.CopyTo(path);
        var way = new NodesInOrder(nodes);
        bool isProven = new MerklePatriciaTrie(root, way).Find(path, out value) != TrieLookup.Missing && way.AreSpent;
        value = isProven ? value : default;
        return isProven;
    }

    /// <summary>Returns each node once and in order, so that a proof consists of exactly the nodes on the path. For one lookup.</summary>
    private sealed class NodesInOrder(IReadOnlyList<ReadOnlyMemory<byte>> nodes) : ITrieNodeSource
    {
        private int _next;

        public bool AreSpent => _next == nodes.Count;

        public TrieNode? Load(in Hash256 hash) =>
            _next < nodes.Count && Keccak256.Hash(nodes[_next].Span) == hash ? TrieNodeDecoder.Decode(nodes[_next++]) : null;
    }
}
