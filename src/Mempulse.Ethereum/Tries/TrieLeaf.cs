using Mempulse.Ethereum.Rlp;

namespace Mempulse.Ethereum.Tries;

/// <summary>A leaf node: the rest of a path, and its value.</summary>
internal sealed class TrieLeaf(byte[] path, ReadOnlyMemory<byte> value) : TrieNode
{
    public override TrieLookup Find(ReadOnlySpan<byte> at, ITrieNodeSource nodes, out ReadOnlyMemory<byte> found)
    {
        bool isHere = at.SequenceEqual(path);
        found = isHere ? value : default;
        return isHere ? TrieLookup.Found : TrieLookup.Absent;
    }

    public override TrieNode? Put(ReadOnlySpan<byte> at, ReadOnlyMemory<byte> put, ITrieNodeSource nodes)
    {
        int shared = at.CommonPrefixLength(path);
        if (shared == path.Length && shared == at.Length)
        {
            return new TrieLeaf(path, put);
        }

        var branch = TrieBranch.Empty.With(path.AsSpan(shared), value).With(at[shared..], put);
        return TrieExtension.Over(at[..shared], branch);
    }

    public override bool TryRemove(ReadOnlySpan<byte> at, ITrieNodeSource nodes, out TrieNode? remaining)
    {
        remaining = at.SequenceEqual(path) ? null : this;
        return true;
    }

    public override TrieNode? Lengthen(ReadOnlySpan<byte> above, ITrieNodeSource nodes) => new TrieLeaf([.. above, .. path], value);

    protected override void Write(RlpWriter writer)
    {
        int start = writer.BeginList();
        TriePath.WriteCompact(path, isLeaf: true, writer);
        writer.Write(value.Span);
        writer.EndList(start);
    }
}
