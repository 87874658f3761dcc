using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Rlp;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Ethereum.Tries;

/// <summary>Computes the root of a Merkle Patricia trie from all of its entries, in ascending order of their keys.</summary>
/// <remarks>
/// Yellow Paper, appendix D. Nodes are built from the leaves up over ranges of the sorted entries, in one buffer that holds only
/// the unfinished nodes of the current path. The nibbles of a key bound the depth. Not thread-safe.
/// </remarks>
public sealed class TrieRootBuilder
{
    private const int BranchSlots = 16;
    private const int ReferenceBytes = Hash256.Size;

    private readonly ByteBuffer _content = new();
    private readonly ByteBuffer _nodes = new();
    private readonly List<Entry> _entries = [];

    /// <summary>Adds an entry.</summary>
    /// <exception cref="ArgumentException">The key is not above the previous one, or the value is empty, which would mean removal.</exception>
    public void Add(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
        {
            throw new ArgumentException("Cannot add an empty value: a trie has no entry for it.", nameof(value));
        }

        if (_entries.Count > 0 && KeyOf(_entries.Count - 1).SequenceCompareTo(key) >= 0)
        {
            throw new ArgumentException("Cannot add the key: keys must be added in strictly ascending order.", nameof(key));
        }

        _entries.Add(new Entry(_content.Length, key.Length, value.Length));
        _content.Append(key);
        _content.Append(value);
    }

    /// <summary>Computes the root over all added entries.</summary>
    public Hash256 ComputeRoot()
    {
        if (_entries.Count == 0)
        {
            return Keccak256.OfEmptyString;
        }

        _nodes.Clear();
        WriteNode(0, _entries.Count, depth: 0);
        return Keccak256.Hash(_nodes.WrittenSpan);
    }

    /// <summary>Appends the node over entries [first, end), which share their first <paramref name="depth"/> nibbles.</summary>
    private void WriteNode(int first, int end, int depth)
    {
        var writer = new RlpWriter(_nodes);
        int start = writer.BeginList();
        int nibbles = NibblesOf(first);
        if (end - first == 1)
        {
            WritePath(first, depth, nibbles, isLeaf: true);
            writer.Write(ValueOf(first));
        }
        else if (SharedNibbles(first, end - 1, depth) is var shared && shared > depth)
        {
            WritePath(first, depth, shared, isLeaf: false);
            WriteReference(first, end, shared);
        }
        else
        {
            WriteBranch(first, end, depth);
        }

        writer.EndList(start);
    }

    private void WriteBranch(int first, int end, int depth)
    {
        var writer = new RlpWriter(_nodes);
        int valueAt = NibblesOf(first) == depth ? first++ : -1;
        for (int slot = 0; slot < BranchSlots; slot++)
        {
            int next = first;
            while (next < end && NibbleOf(next, depth) == slot)
            {
                next++;
            }

            if (next == first)
            {
                writer.Write([]);
            }
            else
            {
                WriteReference(first, next, depth + 1);
            }

            first = next;
        }

        Invariant.That(first == end, "INV-11", "Every entry of a branch is in one of its sixteen slots.");
        writer.Write(valueAt < 0 ? [] : ValueOf(valueAt));
    }

    /// <summary>Appends the node itself if it is shorter than a hash, otherwise its hash.</summary>
    private void WriteReference(int first, int end, int depth)
    {
        int start = _nodes.Length;
        WriteNode(first, end, depth);
        if (_nodes.Length - start >= ReferenceBytes)
        {
            var hash = Keccak256.Hash(_nodes.WrittenSpan[start..]);
            _nodes.Truncate(start);
            new RlpWriter(_nodes).Write(hash);
        }
    }

    /// <summary>Appends nibbles [from, to) of a key in the compact encoding. Yellow Paper, appendix C.</summary>
    private void WritePath(int entry, int from, int to, bool isLeaf)
    {
        int count = to - from;
        int flag = (isLeaf ? 2 : 0) | (count & 1);
        Span<byte> path = stackalloc byte[1 + Hash256.Size];
        path = count / 2 < path.Length ? path[..(1 + (count / 2))] : new byte[1 + (count / 2)];
        path[0] = (byte)(flag << 4);
        int at = from;
        if ((count & 1) == 1)
        {
            path[0] |= (byte)NibbleOf(entry, at++);
        }

        for (int i = 1; i < path.Length; i++, at += 2)
        {
            path[i] = (byte)((NibbleOf(entry, at) << 4) | NibbleOf(entry, at + 1));
        }

        new RlpWriter(_nodes).Write(path);
    }

    private int SharedNibbles(int first, int last, int depth)
    {
        int limit = Math.Min(NibblesOf(first), NibblesOf(last));
        while (depth < limit && NibbleOf(first, depth) == NibbleOf(last, depth))
        {
            depth++;
        }

        return depth;
    }

    private int NibblesOf(int entry) => _entries[entry].KeyBytes * 2;

    private int NibbleOf(int entry, int nibble)
    {
        byte pair = KeyOf(entry)[nibble / 2];
        return (nibble & 1) == 0 ? pair >> 4 : pair & 0xf;
    }

    private ReadOnlySpan<byte> KeyOf(int entry) =>
        _content.WrittenSpan.Slice(_entries[entry].OffsetBytes, _entries[entry].KeyBytes);

    private ReadOnlySpan<byte> ValueOf(int entry) =>
        _content.WrittenSpan.Slice(_entries[entry].OffsetBytes + _entries[entry].KeyBytes, _entries[entry].ValueBytes);

    private readonly record struct Entry(int OffsetBytes, int KeyBytes, int ValueBytes);
}
