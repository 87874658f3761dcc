using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Rlp;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Ethereum.Tries;

/// <summary>A node of a trie. Yellow Paper, appendix D. Never changed: a change makes new nodes on the way to it and shares all others.</summary>
/// <remarks>Paths have one nibble a byte; each step down takes at least one, so recursion is as deep as a key has nibbles at most.</remarks>
internal abstract class TrieNode
{
    private byte[]? _reference;

    /// <summary>What stands at <paramref name="path"/> below this node.</summary>
    public abstract TrieLookup Find(ReadOnlySpan<byte> path, ITrieNodeSource nodes, out ReadOnlyMemory<byte> value);

    /// <summary>This node with a value, which is not empty, at <paramref name="path"/>; null when a node on the way is missing.</summary>
    public abstract TrieNode? Put(ReadOnlySpan<byte> path, ReadOnlyMemory<byte> value, ITrieNodeSource nodes);

    /// <summary>This node without the value at <paramref name="path"/>, null if nothing is left of it.</summary>
    /// <returns>False when a node on the way, or one that has to be merged, is missing.</returns>
    public abstract bool TryRemove(ReadOnlySpan<byte> path, ITrieNodeSource nodes, out TrieNode? remaining);

    /// <summary>This node below <paramref name="path"/>, which its parent gave up; null when it is missing.</summary>
    public abstract TrieNode? Lengthen(ReadOnlySpan<byte> path, ITrieNodeSource nodes);

    /// <summary>What a parent writes of this node: the node itself where it is shorter than a hash, its hash otherwise.</summary>
    public void WriteReference(RlpWriter writer) => writer.WriteEncoded(_reference ??= MakeReference());

    /// <summary>Keccak-256 of the node, however short it is.</summary>
    public virtual Hash256 Hash()
    {
        var encoded = new ByteBuffer();
        Write(new RlpWriter(encoded));
        return Keccak256.Hash(encoded.WrittenSpan);
    }

    /// <summary>Writes the node.</summary>
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
