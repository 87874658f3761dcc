using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;

namespace Mempulse.Ethereum.Tries;

/// <summary>Checks that a trie with a known root has a value, or none, at a key. Yellow Paper, appendix D.</summary>
/// <remarks>The nodes come from somebody who may lie; nothing here throws for any bytes. Depth is bounded by the nibbles of a key.</remarks>
public static class TrieProof
{
    private static ReadOnlySpan<byte> EmptyNode => [0x80];

    /// <summary>Follows <paramref name="nodes"/> from the root to the key.</summary>
    /// <param name="root">The root.</param>
    /// <param name="key">The key as it stands in the trie: of a state trie, the Keccak-256 of address or slot.</param>
    /// <param name="nodes">The nodes on the way, the root first, as eth_getProof gives them (EIP-1186); no others.</param>
    /// <param name="value">What stands at the key; empty where the proof shows that nothing does.</param>
    /// <returns>False when the nodes prove neither.</returns>
    public static bool TryVerify(in Hash256 root, in Hash256 key, IReadOnlyList<ReadOnlyMemory<byte>> nodes, out ReadOnlyMemory<byte> value)
    {
        if (root == Keccak256.OfEmptyString)
        {
            // Nodes give no node at all, or the empty one: 0x80.
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

    /// <summary>Gives each node once and in its turn, so that a proof has those on the way and no others. Confined to one lookup.</summary>
    private sealed class NodesInOrder(IReadOnlyList<ReadOnlyMemory<byte>> nodes) : ITrieNodeSource
    {
        private int _next;

        public bool AreSpent => _next == nodes.Count;

        public TrieNode? Load(in Hash256 hash) =>
            _next < nodes.Count && Keccak256.Hash(nodes[_next].Span) == hash ? TrieNodeDecoder.Decode(nodes[_next++]) : null;
    }
}
