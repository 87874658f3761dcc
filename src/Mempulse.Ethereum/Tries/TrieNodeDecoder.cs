using Mempulse.Ethereum.Rlp;
using Mempulse.Primitives;

namespace Mempulse.Ethereum.Tries;

/// <summary>The bytes of a node to the node. Yellow Paper, appendix D. The bytes may be anybody's: nothing here throws for any of them.</summary>
internal static class TrieNodeDecoder
{
    private const int PathAndMore = 2;
    private const int MaxItems = TrieBranch.Slots + 1;

    /// <summary>The node; null when the bytes are none.</summary>
    public static TrieNode? Decode(ReadOnlyMemory<byte> encoded)
    {
        var items = new ReadOnlyMemory<byte>[MaxItems];
        return Split(encoded, items) switch
        {
            PathAndMore => DecodeShort(items[0], items[1]),
            MaxItems => DecodeBranch(items),
            _ => null,
        };
    }

    private static TrieNode? DecodeShort(ReadOnlyMemory<byte> compact, ReadOnlyMemory<byte> item)
    {
        if (!TryGetString(compact, out var bytes) || TriePath.FromCompact(bytes.Span, out bool isLeaf) is not { } path)
        {
            return null;
        }

        if (isLeaf)
        {
            return TryGetString(item, out var value) && !value.IsEmpty ? new TrieLeaf(path, value) : null;
        }

        return path.Length != 0 && TryDecodeReference(item, out var child) && child is not null and not TrieLeaf and not TrieExtension
            ? new TrieExtension(path, child)
            : null;
    }

    private static TrieBranch? DecodeBranch(ReadOnlyMemory<byte>[] items)
    {
        var children = new TrieNode?[TrieBranch.Slots];
        int entries = 0;
        for (int slot = 0; slot < TrieBranch.Slots; slot++)
        {
            if (!TryDecodeReference(items[slot], out children[slot]))
            {
                return null;
            }

            entries += children[slot] is null ? 0 : 1;
        }

        if (!TryGetString(items[TrieBranch.Slots], out var value))
        {
            return null;
        }

        entries += value.IsEmpty ? 0 : 1;
        return entries > 1 ? new TrieBranch(children, value) : null;
    }

    /// <summary>A child: nothing, a hash, or a node that is shorter than a hash, which also bounds how deep nodes stand in each other.</summary>
    private static bool TryDecodeReference(ReadOnlyMemory<byte> item, out TrieNode? child)
    {
        child = null;
        if (TryGetString(item, out var bytes))
        {
            child = bytes.Length == Hash256.Size ? new TrieStub(new Hash256(bytes.Span)) : null;
            return child is not null || bytes.IsEmpty;
        }

        child = item.Length < Hash256.Size ? Decode(item) : null;
        return child is not null;
    }

    /// <summary>The items of a node as they stand in it; how many, 0 when the bytes are no list or one of more items than there is room for.</summary>
    private static int Split(ReadOnlyMemory<byte> encoded, ReadOnlyMemory<byte>[] items)
    {
        var reader = new RlpReader(encoded.Span);
        int outer = reader.EnterList();
        int count = 0;
        while (reader.HasMore && count < items.Length)
        {
            int start = reader.PositionBytes;
            reader.ReadItem();
            items[count++] = encoded[start..reader.PositionBytes];
        }

        reader.LeaveList(outer);
        reader.ExpectEnd();
        return reader.Failed ? 0 : count;
    }

    /// <summary>The content of an item that is a string; false when it is a list, or not canonical.</summary>
    private static bool TryGetString(ReadOnlyMemory<byte> item, out ReadOnlyMemory<byte> bytes)
    {
        var reader = new RlpReader(item.Span);
        int length = reader.ReadString().Length;
        bytes = reader.Failed ? default : item[^length..];
        return !reader.Failed;
    }
}
