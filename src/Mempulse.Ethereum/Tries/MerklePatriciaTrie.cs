using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;

namespace Mempulse.Ethereum.Tries;

/// <summary>A Merkle Patricia trie, of which only some nodes need be at hand. Yellow Paper, appendix D.</summary>
/// <remarks>
/// Over the nodes of a witness it answers, changes and computes its root without the rest of the trie; whatever would need a node that is
/// not there is refused and changes nothing. Every node is checked by its hash, so what is found is proved against the root. Confined to
/// one thread. For a root over entries that are all at hand <see cref="TrieRootBuilder"/> is faster.
/// </remarks>
public sealed class MerklePatriciaTrie
{
    /// <summary>Longest key: far above a hash, and a bound on recursion.</summary>
    public const int MaxKeyBytes = 256;

    private readonly ITrieNodeSource _nodes;
    private TrieNode? _root;

    /// <summary>An empty trie.</summary>
    public MerklePatriciaTrie() => _nodes = TrieNodes.None;

    /// <summary>The trie with this root, as far as <paramref name="nodes"/> has it.</summary>
    public MerklePatriciaTrie(in Hash256 root, TrieNodes nodes)
        : this(root, (ITrieNodeSource)nodes)
    {
    }

    internal MerklePatriciaTrie(in Hash256 root, ITrieNodeSource nodes)
    {
        _nodes = nodes;
        _root = root == Keccak256.OfEmptyString ? null : new TrieStub(root);
    }

    private MerklePatriciaTrie(TrieNode? root, ITrieNodeSource nodes)
    {
        _nodes = nodes;
        _root = root;
    }

    /// <summary>Looks a key up.</summary>
    /// <param name="key">The key as it stands in the trie: in a state trie the Keccak-256 of an address or a slot.</param>
    /// <param name="value">What stands there; empty unless it was found.</param>
    public TrieLookup Find(ReadOnlySpan<byte> key, out ReadOnlyMemory<byte> value)
    {
        value = default;
        return _root?.Find(PathOf(key), _nodes, out value) ?? TrieLookup.Absent;
    }

    /// <summary>Puts a value in; false, with nothing changed, when a node on the way is missing.</summary>
    /// <exception cref="ArgumentException">The value is empty, which would mean to remove, or the key too long.</exception>
    public bool TryPut(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
        {
            throw new ArgumentException("A trie holds no empty values.", nameof(value));
        }

        var path = PathOf(key);
        var changed = _root is null ? new TrieLeaf(path, value.ToArray()) : _root.Put(path, value.ToArray(), _nodes);
        _root = changed ?? _root;
        return changed is not null;
    }

    /// <summary>Takes a value out, if there is one; false, with nothing changed, when a node on the way, or beside it where two merge, is missing.</summary>
    /// <exception cref="ArgumentException">The key is too long.</exception>
    public bool TryRemove(ReadOnlySpan<byte> key)
    {
        var remaining = _root;
        bool isKnown = _root?.TryRemove(PathOf(key), _nodes, out remaining) ?? true;
        _root = isKnown ? remaining : _root;
        return isKnown;
    }

    /// <summary>The root as it is now.</summary>
    public Hash256 ComputeRoot() => _root?.Hash() ?? Keccak256.OfEmptyString;

    /// <summary>A trie of its own that is the same as this one now; nodes are shared, so this costs nothing.</summary>
    public MerklePatriciaTrie Copy() => new(_root, _nodes);

    private static byte[] PathOf(ReadOnlySpan<byte> key) => key.Length <= MaxKeyBytes
        ? TriePath.Of(key)
        : throw new ArgumentException($"A key has at most {MaxKeyBytes} bytes.", nameof(key));
}
