using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;

namespace Mempulse.Ethereum.Tries;

/// <summary>Trie nodes by hash, from a witness or a proof; the hashes are computed here, so they need not be trusted.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class TrieNodes : ITrieNodeSource
{
    private readonly Hash256[] _hashes;
    private readonly ReadOnlyMemory<byte>[] _nodes;

    /// <summary>Indexes <paramref name="nodes"/>; a node may occur more than once.</summary>
    public TrieNodes(IReadOnlyList<ReadOnlyMemory<byte>> nodes)
    {
        _hashes = new Hash256[nodes.Count];
        _nodes = [.. nodes];
        for (int i = 0; i < _nodes.Length; i++)
        {
            _hashes[i] = Keccak256.Hash(_nodes[i].Span);
        }

        Array.Sort(_hashes, _nodes);
    }

    /// <summary>An empty set of nodes.</summary>
    public static TrieNodes None { get; } = new([]);

    TrieNode? ITrieNodeSource.Load(in Hash256 hash)
    {
        int at = Array.BinarySearch(_hashes, hash);
        return at < 0 ? null : TrieNodeDecoder.Decode(_nodes[at]);
    }
}
