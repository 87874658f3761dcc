using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Rlp;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Ethereum.Tries;

/// <summary>A node of a trie. Yellow Paper, appendix D. Immutable: a change creates new nodes along the path and shares all others.</summary>
/// <remarks>Paths have one nibble per byte. Each step down consumes at least one, so the nibbles of a key bound the recursion.</remarks>
internal abstract class TrieNode
{
    private byte[]? _reference;

    /// <summary>Looks up <paramref name="path"/> below this node.</summary>
    public abstract TrieLookup Find(ReadOnlySpan<byte> path, ITrieNodeSource nodes, out ReadOnlyMemory<byte> value);

    /// <summary>Returns this node with a non-empty value at <paramref name="path"/>; null if a node on the path is missing.</summary>
    public abstract TrieNode? Put(ReadOnlySpan<byte> path, ReadOnlyMemory<byte> value, ITrieNodeSource nodes);

    /// <summary>Computes this node without the value at <paramref name="path"/>; null if nothing is left of it.</summary>
    /// <returns>False if a node on the path, or one to merge with, is missing.</returns>
    public abstract bool TryRemove(ReadOnlySpan<byte> path, ITrieNodeSource nodes, out TrieNode? remaining);

    /// <summary>Returns this node with <paramref name="path"/>, taken over from its removed parent, before its own; null if the node is missing.</summary>
    public abstract TrieNode? Lengthen(ReadOnlySpan<byte> path, ITrieNodeSource nodes);

    /// <summary>Writes this node's reference for its parent: the node itself if it is shorter than a hash, otherwise its hash.</summary>
    public void WriteReference(RlpWriter writer) => writer.WriteEncoded(_reference ??= MakeReference());

    /// <summary>Computes Keccak-256 of the node, however short it is.</summary>
    public virtual Hash256 Hash()
    {
        var encoded = new ByteBuffer();
        Write(new RlpWriter(encoded));
        return Keccak256.Hash(encoded.WrittenSpan);
    }

    /// <summary>Writes the node's encoding.</summary>
    protected abstract void Write(RlpWriter writer);

    protected virtual byte[] MakeReference()
    {
        var encoded = new ByteBuffer();
        var writer = new RlpWriter(encoded);
        Write(writer);
        if (encoded.Length >= Hash256.Size)
        {
            var hash = Keccak256.Hash(encoded.WrittenSpan);
            encoded.Clear();
            writer.Write(hash);
        }

        return encoded.WrittenSpan.ToArray();
    }
}
