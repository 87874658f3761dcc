using Mempulse.Ethereum.Rlp;

namespace Mempulse.Ethereum.Tries;

/// <summary>An extension node: a path that all keys below it share; its child is a branch.</summary>
internal sealed class TrieExtension(byte[] path, TrieNode child) : TrieNode
{
    /// <summary>Returns an extension of <paramref name="path"/> over the branch, or the branch itself if the path is empty.</summary>
    public static TrieNode Over(ReadOnlySpan<byte> path, TrieNode branch) => path.IsEmpty ? branch : new TrieExtension(path.ToArray(), branch);

    public override TrieLookup Find(ReadOnlySpan<byte> at, ITrieNodeSource nodes, out ReadOnlyMemory<byte> value)
    {
        value = default;
        return at.StartsWith(path) ? child.Find(at[path.Length..], nodes, out value) : TrieLookup.Absent;
    }

    public override TrieNode? Put(ReadOnlySpan<byte> at, ReadOnlyMemory<byte> value, ITrieNodeSource nodes)
    {
        int shared = at.CommonPrefixLength(path);
        if (shared == path.Length)
        {
            return child.Put(at[shared..], value, nodes) is { } changed ? new TrieExtension(path, changed) : null;
        }

        var rest = Over(path.AsSpan(shared + 1), child);
        var branch = TrieBranch.Empty.With(path[shared], rest).With(at[shared..], value);
        return Over(at[..shared], branch);
    }

    public override bool TryRemove(ReadOnlySpan<byte> at, ITrieNodeSource nodes, out TrieNode? remaining)
    {
        remaining = this;
        if (!at.StartsWith(path))
        {
            return true;
        }

        if (!child.TryRemove(at[path.Length..], nodes, out var left))
        {
            return false;
        }

        if (!ReferenceEquals(left, child))
        {
            remaining = left?.Lengthen(path, nodes);
        }

        return left is null || remaining is not null;
    }

    public override TrieNode? Lengthen(ReadOnlySpan<byte> above, ITrieNodeSource nodes) => new TrieExtension([.. above, .. path], child);

    protected override void Write(RlpWriter writer)
    {
        int start = writer.BeginList();
        TriePath.WriteCompact(path, isLeaf: false, writer);
        child.WriteReference(writer);
        writer.EndList(start);
    }
}
