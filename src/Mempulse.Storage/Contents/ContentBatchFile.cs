using System.Buffers.Binary;
using Mempulse.Canon.Files;
using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Storage.Contents;

/// <summary>A file of contents that were written together: a header that lists them, and their Zstandard frames.</summary>
/// <remarks>
/// The file name holds the Keccak-256 of the header, and the header holds the CRC of each frame, so any change to the file is
/// detected. Keep in sync with the byte table in docs/formats/content.md.
/// </remarks>
internal static class ContentBatchFile
{
    /// <summary>Largest number of contents in one file.</summary>
    public const int MaxContents = 1024;

    private const uint Magic = 0x4243504d; // "MPCB"
    private const ushort Version = 1;
    private const int CountOffset = 6;
    private const int HeadBytes = 8;
    private const int EntryBytes = 48;
    private const int EntryDigestOffset = 16;

    /// <summary>Encodes contents into a file; returns its bytes and the digest of its header, which names it.</summary>
    /// <param name="contents">1 to <see cref="MaxContents"/> contents.</param>
    public static (byte[] File, Hash256 Header) Encode(IReadOnlyList<PreparedContent> contents)
    {
        int headerBytes = HeadBytes + (contents.Count * EntryBytes);
        byte[] file = new byte[checked((int)(headerBytes + contents.Sum(content => (long)content.StoredBytes)))];
        BinaryPrimitives.WriteUInt32LittleEndian(file, Magic);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(4), Version);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(CountOffset), (ushort)contents.Count);
        int offset = headerBytes;
        for (int i = 0; i < contents.Count; i++)
        {
            var content = contents[i];
            var entry = file.AsSpan(HeadBytes + (i * EntryBytes), EntryBytes);
            BinaryPrimitives.WriteUInt32LittleEndian(entry, (uint)content.Kind);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[4..], (uint)content.LengthBytes);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[8..], (uint)content.StoredBytes);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[12..], Crc32C.Compute(content.Frame));
            content.Digest.CopyTo(entry[EntryDigestOffset..]);
            content.Frame.CopyTo(file.AsSpan(offset));
            offset += content.StoredBytes;
        }

        return (file, Keccak256.Hash(file.AsSpan(0, headerBytes)));
    }

    /// <summary>Reads the header of a file and returns the places of its contents.</summary>
    /// <exception cref="ContentDamagedException">The header does not have this digest, or the file's length does not match the header.</exception>
    public static IReadOnlyList<ContentPlace> ReadHeader(ILogFile file, in Hash256 header) => ReadHeader(file, 0, file.LengthBytes, header);

    /// <summary>The same of a batch within a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="at">Where the batch begins.</param>
    /// <param name="lengthBytes">Its length.</param>
    /// <param name="header">The digest of its header.</param>
    public static IReadOnlyList<ContentPlace> ReadHeader(ILogFile file, long at, long lengthBytes, in Hash256 header)
    {
        Span<byte> head = stackalloc byte[HeadBytes];
        int count = file.Read(head, at) == HeadBytes ? BinaryPrimitives.ReadUInt16LittleEndian(head[CountOffset..]) : 0;
        byte[] bytes = new byte[HeadBytes + (Math.Min(count, MaxContents) * EntryBytes)];
        int read = file.Read(bytes, at);
        if (read < bytes.Length || Keccak256.Hash(bytes) is var actual && actual != header)
        {
            throw new ContentDamagedException(file.Path, at, $"a header with digest {header}", read < bytes.Length ? "the end of the file" : "another digest");
        }

        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Magic || BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(4)) != Version)
        {
            throw new ContentDamagedException(file.Path, at, $"a content batch of version {Version}", "another format or version");
        }

        if (count is not (> 0 and <= MaxContents))
        {
            throw new ContentDamagedException(file.Path, at + CountOffset, $"1 to {MaxContents} contents", $"{count}");
        }

        var places = PlacesOf(bytes, at, out long end);
        return end == at + lengthBytes ? places : throw new ContentDamagedException(file.Path, Math.Min(end, at + lengthBytes), $"a batch of {end - at} bytes", $"{lengthBytes}");
    }

    /// <summary>The places of the contents of a batch that begins at an offset.</summary>
    public static IReadOnlyList<ContentPlace> PlacesOf(ReadOnlySpan<byte> batch, long at, out long end)
    {
        var places = new ContentPlace[BinaryPrimitives.ReadUInt16LittleEndian(batch[CountOffset..])];
        end = at + HeadBytes + (places.Length * EntryBytes);
        for (int i = 0; i < places.Length; i++)
        {
            var entry = batch.Slice(HeadBytes + (i * EntryBytes), EntryBytes);
            uint frameBytes = BinaryPrimitives.ReadUInt32LittleEndian(entry[8..]);
            places[i] = new ContentPlace(
                new Hash256(entry[EntryDigestOffset..]),
                end,
                BinaryPrimitives.ReadUInt32LittleEndian(entry[4..]),
                frameBytes,
                BinaryPrimitives.ReadUInt32LittleEndian(entry[12..]));
            end += frameBytes;
        }

        return places;
    }

    /// <summary>Reads one content of a file.</summary>
    /// <exception cref="ContentDamagedException">The bytes are not the content that was stored.</exception>
    public static byte[] Read(ILogFile file, in ContentPlace place)
    {
        byte[] frame = new byte[place.FrameBytes];
        int read = file.Read(frame, place.Offset);
        uint crc = Crc32C.Compute(frame);
        return read == frame.Length && crc == place.FrameCrc
            ? ContentFrame.Decompress(file.Path, place.Offset, frame, place.LengthBytes, place.Digest, digestOffset: 0)
            : throw new ContentDamagedException(file.Path, place.Offset, $"a frame of {frame.Length} bytes with CRC {place.FrameCrc:x8}", read < frame.Length ? $"{read} bytes" : $"{crc:x8}");
    }
}
