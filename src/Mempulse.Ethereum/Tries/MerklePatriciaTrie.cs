using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;

namespace Mempulse.Ethereum.Tries;

/// <summary>A Merkle Patricia trie of which only some nodes need to be available. Yellow Paper, appendix D.</summary>
/// <remarks>
/// With the nodes of a witness, it looks up, changes and computes its root without the rest of the trie; an operation that needs a missing
/// node fails and changes nothing. Every node is identified by its hash, so each result is proven against the root. Confined to one
/// thread. If all entries are available, <see cref="TrieRootBuilder"/> computes the root faster.
/// </remarks>
public sealed class MerklePatriciaTrie
{
    /// <summary>Largest key in bytes, inclusive: far above a hash, and a bound on recursion.</summary>
    public const int MaxKeyBytes = 256;

    private readonly ITrieNodeSource _nodes;
    private TrieNode? _root;

    /// <summary>Creates an empty trie.</summary>
    public MerklePatriciaTrie() => _nodes = TrieNodes.None;

    /// <summary>Creates the trie with this root, as far as <paramref name="nodes"/> contains it.</summary>
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
    /// <param name="key">The key as the trie has it: in a state trie, the Keccak-256 of an address or a slot.</param>
    /// <param name="value">The value; empty unless it was found.</param>
    public TrieLookup Find(ReadOnlySpan<byte> key, out ReadOnlyMemory<byte> value)
    {
        value = default;
        return _root?.Find(PathOf(key), _nodes, out value) ?? TrieLookup.Absent;
    }

    /// <summary>Adds or replaces a value; false, with nothing changed, if a node on the path is missing.</summary>
    /// <exception cref="ArgumentException">The value is empty, which would mean removal, or the key is too long.</exception>
    public bool TryPut(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
        {
            throw new ArgumentException("Cannot put an empty value: it would mean removal. Call TryRemove.", nameof(value));
        }

        var path = PathOf(key);
        var changed = _root is null ? new TrieLeaf(path, value.ToArray()) : _root.Put(path, value.ToArray(), _nodes);
        _root = changed ?? _root;
        return changed is not null;
    }

    /// <summary>Removes the value of a key, if there is one; false, with nothing changed, if a node on the path or one to merge with is missing.</summary>
    /// <exception cref="ArgumentException">The key is too long.</exception>
    public bool TryRemove(ReadOnlySpan<byte> key)
    {
        var remaining = _root;
        bool isKnown = _root?.TryRemove(PathOf(key), _nodes, out remaining) ?? true;
        _root = isKnown ? remaining : _root;
        return isKnown;
    }

    /// <summary>Computes the current root.</summary>
    public Hash256 ComputeRoot() => _root?.Hash() ?? Keccak256.OfEmptyString;

    /// <summary>Returns an independent trie with the same content; the nodes are shared, so a copy costs next to nothing.</summary>
    public MerklePatriciaTrie Copy() => new(_root, _nodes);

    private static byte[] PathOf(ReadOnlySpan<byte> key) => key.Length <= MaxKeyBytes
        ? TriePath.Of(key)
        : throw new ArgumentException($"A key of {key.Length} bytes is not valid: expected at most {MaxKeyBytes}.", nameof(key));
}
