using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Mempulse.Canon.Files;
using Mempulse.Canon.Format;
using Mempulse.Primitives.Encoding;
using Layout = Mempulse.Canon.Keys.KeyFileLayout;

namespace Mempulse.Canon.Keys;

/// <summary>The key index of a sealed segment, in a file beside it: sorted entries in blocks with a CRC each. <see cref="KeyFileSearch"/> searches it without loading it whole.</summary>
internal static class KeyFile
{
    private const string TemporaryExtension = ".new";

    /// <summary>Sorts the entries in place and writes the index of a segment. Not synced: it is a cache, and its CRCs reveal a torn one.</summary>
    public static void Write(ILogFileSystem files, string path, SegmentHeader segment, SegmentEnd end, List<KeyEntry> entries)
    {
        entries.Sort();
        string temporary = path + TemporaryExtension;
        files.Delete(temporary);
        using (var file = files.Create(temporary))
        {
            byte[] block = new byte[Layout.BlockBytes];
            WriteHeader(block, segment, end, entries.Count);
            file.Write(block, 0);
            var sorted = CollectionsMarshal.AsSpan(entries);
            for (int number = 0; number * Layout.EntriesPerBlock < entries.Count; number++)
            {
                WriteBlock(block, sorted[(number * Layout.EntriesPerBlock)..], number);
                file.Write(block, (number + 1L) * Layout.BlockBytes);
            }
        }

        files.Rename(temporary, path);
    }

    private static void WriteHeader(byte[] block, SegmentHeader segment, SegmentEnd end, int entries)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(block, Layout.Magic);
        BinaryPrimitives.WriteUInt16LittleEndian(block.AsSpan(Layout.Version), Layout.FormatVersion);
        BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(Layout.SegmentCrc), segment.Crc);
        BinaryPrimitives.WriteInt64LittleEndian(block.AsSpan(Layout.SealedBytes), end.SealedBytes);
        BinaryPrimitives.WriteInt32LittleEndian(block.AsSpan(Layout.Entries), entries);
        BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(Layout.BlockCrc), Crc32C.Compute(block.AsSpan(0, Layout.BlockCrc)));
    }

    private static void WriteBlock(byte[] block, ReadOnlySpan<KeyEntry> entries, int number)
    {
        Array.Clear(block);
        var part = entries[..Math.Min(entries.Length, Layout.EntriesPerBlock)];
        MemoryMarshal.AsBytes(part).CopyTo(block);
        BinaryPrimitives.WriteInt32LittleEndian(block.AsSpan(Layout.BlockCount), part.Length);
        BinaryPrimitives.WriteInt32LittleEndian(block.AsSpan(Layout.BlockNumber), number);
        BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(Layout.BlockCrc), Crc32C.Compute(block.AsSpan(0, Layout.BlockCrc)));
    }

    /// <summary>Reads the header block, and checks that the index is whole and of the segment.</summary>
    internal static bool TryReadHeader(ILogFile file, SegmentHeader segment, SegmentEnd end, out int blocks)
    {
        blocks = 0;
        byte[] block = new byte[Layout.BlockBytes];
        if (file.Read(block, 0) < block.Length
            || BinaryPrimitives.ReadUInt64LittleEndian(block) != Layout.Magic
            || BinaryPrimitives.ReadUInt16LittleEndian(block.AsSpan(Layout.Version)) != Layout.FormatVersion
            || BinaryPrimitives.ReadUInt32LittleEndian(block.AsSpan(Layout.SegmentCrc)) != segment.Crc
            || BinaryPrimitives.ReadInt64LittleEndian(block.AsSpan(Layout.SealedBytes)) != end.SealedBytes
            || BinaryPrimitives.ReadUInt32LittleEndian(block.AsSpan(Layout.BlockCrc)) != Crc32C.Compute(block.AsSpan(0, Layout.BlockCrc)))
        {
            return false;
        }

        int entries = BinaryPrimitives.ReadInt32LittleEndian(block.AsSpan(Layout.Entries));
        blocks = (entries + Layout.EntriesPerBlock - 1) / Layout.EntriesPerBlock;
        return file.LengthBytes == (blocks + 1L) * Layout.BlockBytes;
    }

    /// <summary>Reads a block of entries, and checks it.</summary>
    /// <param name="file">The index.</param>
    /// <param name="block">Memory for a block.</param>
    /// <param name="number">Its number, counted from 0 after the header block.</param>
    /// <returns>The number of its entries; null if it is damaged.</returns>
    internal static int? ReadBlock(ILogFile file, byte[] block, int number)
    {
        int read = file.Read(block, (number + 1L) * Layout.BlockBytes);
        int count = BinaryPrimitives.ReadInt32LittleEndian(block.AsSpan(Layout.BlockCount));
        bool isValid = read == block.Length
            && BinaryPrimitives.ReadUInt32LittleEndian(block.AsSpan(Layout.BlockCrc)) == Crc32C.Compute(block.AsSpan(0, Layout.BlockCrc))
            && BinaryPrimitives.ReadInt32LittleEndian(block.AsSpan(Layout.BlockNumber)) == number
            && count is > 0 and <= Layout.EntriesPerBlock;
        return isValid ? count : null;
    }
}
