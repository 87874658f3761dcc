using Mempulse.Ethereum.Rlp;
using Mempulse.Primitives;

namespace Mempulse.Ethereum.Tries;

/// <summary>Decodes nodes. Yellow Paper, appendix D. The bytes are untrusted: no input makes it throw.</summary>
internal static class TrieNodeDecoder
{
    private const int PathAndItem = 2;
    private const int MaxItems = TrieBranch.Slots + 1;

    /// <summary>Decodes a node; null if the bytes are not a valid node.</summary>
    public static TrieNode? Decode(ReadOnlyMemory<byte> encoded)
    {
        var items = new ReadOnlyMemory<byte>[MaxItems];
        return Split(encoded, items) switch
        {
            PathAndItem => DecodeShort(items[0], items[1]),
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

    /// <summary>Decodes a child: nothing, a hash, or an embedded node, whose length below that of a hash also bounds the nesting.</summary>
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

    /// <summary>Splits a node into its encoded items; returns their number, or 0 if the bytes are not a list or have more items than fit.</summary>
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

    /// <summary>Reads the content of a string item; false if it is a list or not canonical.</summary>
    private static bool TryGetString(ReadOnlyMemory<byte> item, out ReadOnlyMemory<byte> bytes)
    {
        var reader = new RlpReader(item.Span);
        int length = reader.ReadString().Length;
        bytes = reader.Failed ? default : item[^length..];
        return !reader.Failed;
    }
}
