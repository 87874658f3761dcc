using Mempulse.Ethereum.Rlp;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Ethereum.Tries;

/// <summary>A node of which only the hash is known; it is loaded each time an operation passes through it.</summary>
internal sealed class TrieStub(Hash256 hash) : TrieNode
{
    public override TrieLookup Find(ReadOnlySpan<byte> path, ITrieNodeSource nodes, out ReadOnlyMemory<byte> value)
    {
        value = default;
        return nodes.Load(hash)?.Find(path, nodes, out value) ?? TrieLookup.Missing;
    }

    public override TrieNode? Put(ReadOnlySpan<byte> path, ReadOnlyMemory<byte> value, ITrieNodeSource nodes) =>
        nodes.Load(hash)?.Put(path, value, nodes);

    public override bool TryRemove(ReadOnlySpan<byte> path, ITrieNodeSource nodes, out TrieNode? remaining)
    {
        remaining = null;
        if (nodes.Load(hash) is not { } node || !node.TryRemove(path, nodes, out remaining))
        {
            return false;
        }

        remaining = ReferenceEquals(remaining, node) ? this : remaining;
        return true;
    }

    public override TrieNode? Lengthen(ReadOnlySpan<byte> above, ITrieNodeSource nodes) => nodes.Load(hash)?.Lengthen(above, nodes);

    public override Hash256 Hash() => hash;

    protected override void Write(RlpWriter writer) => writer.Write(hash);

    /// <summary>Returns the encoded hash, which is the reference already.</summary>
    protected override byte[] MakeReference()
    {
        var encoded = new ByteBuffer(Hash256.Size + 1);
        Write(new RlpWriter(encoded));
        return encoded.WrittenSpan.ToArray();
    }
}
