using Mempulse.Ethereum.Rlp;

namespace Mempulse.Ethereum.Tries;

/// <summary>A branch node: a child per nibble, and the value of the key that ends here.</summary>
internal sealed class TrieBranch(TrieNode?[] children, ReadOnlyMemory<byte> value) : TrieNode
{
    /// <summary>Number of children of a branch.</summary>
    public const int Slots = 16;

    /// <summary>A branch without entries, the starting point where the paths of two entries diverge.</summary>
    public static TrieBranch Empty { get; } = new(new TrieNode?[Slots], default);

    /// <summary>Returns this branch with another child at <paramref name="slot"/>.</summary>
    public TrieBranch With(int slot, TrieNode? child)
    {
        var changed = (TrieNode?[])children.Clone();
        changed[slot] = child;
        return new TrieBranch(changed, value);
    }

    /// <summary>Returns this branch with a value at a path whose slot is free.</summary>
    public TrieBranch With(ReadOnlySpan<byte> path, ReadOnlyMemory<byte> put) =>
        path.IsEmpty ? new TrieBranch(children, put) : With(path[0], new TrieLeaf(path[1..].ToArray(), put));

    public override TrieLookup Find(ReadOnlySpan<byte> path, ITrieNodeSource nodes, out ReadOnlyMemory<byte> found)
    {
        found = path.IsEmpty ? value : default;
        if (path.IsEmpty)
        {
            return value.IsEmpty ? TrieLookup.Absent : TrieLookup.Found;
        }

        return children[path[0]]?.Find(path[1..], nodes, out found) ?? TrieLookup.Absent;
    }

    public override TrieNode? Put(ReadOnlySpan<byte> path, ReadOnlyMemory<byte> put, ITrieNodeSource nodes)
    {
        if (path.IsEmpty || children[path[0]] is not { } child)
        {
            return With(path, put);
        }

        return child.Put(path[1..], put, nodes) is { } changed ? With(path[0], changed) : null;
    }

    public override bool TryRemove(ReadOnlySpan<byte> path, ITrieNodeSource nodes, out TrieNode? remaining)
    {
        remaining = this;
        if (path.IsEmpty)
        {
            remaining = value.IsEmpty ? this : new TrieBranch(children, default).Collapse(nodes);
            return remaining is not null;
        }

        if (children[path[0]] is not { } child)
        {
            return true;
        }

        if (!child.TryRemove(path[1..], nodes, out var left))
        {
            return false;
        }

        if (!ReferenceEquals(left, child))
        {
            remaining = With(path[0], left).Collapse(nodes);
        }

        return remaining is not null;
    }

    public override TrieNode? Lengthen(ReadOnlySpan<byte> above, ITrieNodeSource nodes) => TrieExtension.Over(above, this);

    protected override void Write(RlpWriter writer)
    {
        int start = writer.BeginList();
        for (int slot = 0; slot < Slots; slot++)
        {
            if (children[slot] is { } child)
            {
                child.WriteReference(writer);
            }
            else
            {
                writer.Write([]);
            }
        }

        writer.Write(value.Span);
        writer.EndList(start);
    }

    /// <summary>Merges a branch that has a single entry left with that entry; null if the node to merge with is missing.</summary>
    private TrieNode? Collapse(ITrieNodeSource nodes)
    {
        int only = -1;
        int count = 0;
        for (int slot = 0; slot < Slots; slot++)
        {
            if (children[slot] is not null)
            {
                only = slot;
                count++;
            }
        }

        if (count == 0)
        {
            return new TrieLeaf([], value);
        }

        return count == 1 && value.IsEmpty ? children[only]!.Lengthen([(byte)only], nodes) : this;
    }
}
