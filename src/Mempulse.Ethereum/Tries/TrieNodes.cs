using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;

namespace Mempulse.Ethereum.Tries;

/// <summary>Nodes of tries by their hash, as a witness or a proof brings them; the hashes are computed here, so nobody can lie about them.</summary>
/// <remarks>Immutable: may be read by several threads.</remarks>
public sealed class TrieNodes : ITrieNodeSource
{
    private readonly Hash256[] _hashes;
    private readonly ReadOnlyMemory<byte>[] _nodes;

    /// <summary>Keeps <paramref name="nodes"/>; the same node may come more than once.</summary>
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

    /// <summary>No nodes.</summary>
    public static TrieNodes None { get; } = new([]);

    TrieNode? ITrieNodeSource.Load(in Hash256 hash)
    {
        int at = Array.BinarySearch(_hashes, hash);
        return at < 0 ? null : TrieNodeDecoder.Decode(_nodes[at]);
    }
}
