using System.Buffers.Binary;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Layout = Mempulse.Canon.Format.SegmentLayout.Footer;

namespace Mempulse.Canon.Format;

/// <summary>What a sealed segment records about its content.</summary>
/// <param name="Frames">Number of frames.</param>
/// <param name="Events">Number of records.</param>
/// <param name="Last">Position of the last record; first_seq - 1 if there are no records.</param>
/// <param name="SealedBytes">Byte offset after the last frame, where the footer begins.</param>
/// <param name="Digest">XxHash128 of all bytes before the footer.</param>
/// <param name="LastCrc">CRC of the last frame, or of the header if there are no frames.</param>
internal sealed record SegmentFooter(ulong Frames, ulong Events, GlobalSeq Last, long SealedBytes, UInt128 Digest, uint LastCrc)
{
    /// <summary>Encodes the footer; its CRC is salted with the segment header's CRC.</summary>
    public byte[] Encode(uint salt)
    {
        byte[] bytes = new byte[Layout.Size];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Layout.Magic);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(Layout.Version), SegmentLayout.Version);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(Layout.Frames), Frames);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(Layout.Events), Events);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(Layout.LastSeq), Last.Value);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(Layout.SealedBytes), SealedBytes);
        BinaryPrimitives.WriteUInt128LittleEndian(bytes.AsSpan(Layout.Digest), Digest);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(Layout.LastCrc), LastCrc);
        uint crc = Crc32C.Continue(salt, bytes.AsSpan(0, Layout.FooterCrc));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(Layout.FooterCrc), crc);
        return bytes;
    }

    /// <summary>Decodes a footer; null if the bytes are not a footer of this segment.</summary>
    public static SegmentFooter? Decode(ReadOnlySpan<byte> bytes, uint salt)
    {
        if (bytes.Length < Layout.Size
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Layout.Magic
            || BinaryPrimitives.ReadUInt16LittleEndian(bytes[Layout.Version..]) != SegmentLayout.Version
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[Layout.FooterCrc..]) != Crc32C.Continue(salt, bytes[..Layout.FooterCrc]))
        {
            return null;
        }

        return new SegmentFooter(
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[Layout.Frames..]),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[Layout.Events..]),
            new GlobalSeq(BinaryPrimitives.ReadUInt64LittleEndian(bytes[Layout.LastSeq..])),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[Layout.SealedBytes..]),
            BinaryPrimitives.ReadUInt128LittleEndian(bytes[Layout.Digest..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[Layout.LastCrc..]));
    }
}
