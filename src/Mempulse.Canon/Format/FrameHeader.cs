using System.Buffers.Binary;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Layout = Mempulse.Canon.Format.SegmentLayout.Frame;

namespace Mempulse.Canon.Format;

/// <summary>The header of a frame, which is one commit.</summary>
/// <param name="Flags">See <see cref="FrameFlags"/>.</param>
/// <param name="Chain">The chain whose log this is.</param>
/// <param name="Epoch">The writer's epoch.</param>
/// <param name="First">Position of the first record.</param>
/// <param name="Count">Number of records, at least 1.</param>
/// <param name="PayloadBytes">Length of the records, at most <see cref="SegmentLayout.MaxPayloadBytes"/>.</param>
/// <param name="PreviousCrc">CRC of the previous frame; for the first frame, of the segment header.</param>
internal readonly record struct FrameHeader(
    FrameFlags Flags, ChainId Chain, Epoch Epoch, GlobalSeq First, int Count, int PayloadBytes, uint PreviousCrc)
{
    /// <summary>Position of the last record.</summary>
    public GlobalSeq Last => First.Plus((ulong)Count - 1);

    /// <summary>Size of the whole frame in bytes, with padding.</summary>
    public int FrameBytes => SegmentLayout.FrameBytes(PayloadBytes);

    /// <summary>Writes the header and its CRC, which is salted with the segment header's CRC.</summary>
    /// <returns>The header's CRC, from which the frame's CRC continues.</returns>
    public uint Write(Span<byte> destination, uint salt)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(destination, Layout.Magic);
        BinaryPrimitives.WriteUInt16LittleEndian(destination[Layout.Version..], SegmentLayout.Version);
        BinaryPrimitives.WriteUInt16LittleEndian(destination[Layout.Flags..], (ushort)Flags);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[Layout.Chain..], Chain.Value);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[Layout.Epoch..], Epoch.Value);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[Layout.FirstSeq..], First.Value);
        BinaryPrimitives.WriteInt32LittleEndian(destination[Layout.Count..], Count);
        BinaryPrimitives.WriteInt32LittleEndian(destination[Layout.PayloadBytes..], PayloadBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[Layout.PreviousCrc..], PreviousCrc);
        uint crc = Crc32C.Continue(salt, destination[..Layout.HeaderCrc]);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[Layout.HeaderCrc..], crc);
        return crc;
    }

    /// <summary>Checks the CRC of a header and reads it; false if the bytes are not a frame header of this segment.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, uint salt, out FrameHeader header, out uint headerCrc)
    {
        header = default;
        headerCrc = Crc32C.Continue(salt, bytes[..Layout.HeaderCrc]);
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Layout.Magic
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[Layout.HeaderCrc..]) != headerCrc
            || BinaryPrimitives.ReadUInt16LittleEndian(bytes[Layout.Version..]) != SegmentLayout.Version)
        {
            return false;
        }

        header = new FrameHeader(
            (FrameFlags)BinaryPrimitives.ReadUInt16LittleEndian(bytes[Layout.Flags..]),
            new ChainId(BinaryPrimitives.ReadUInt64LittleEndian(bytes[Layout.Chain..])),
            new Epoch(BinaryPrimitives.ReadUInt64LittleEndian(bytes[Layout.Epoch..])),
            new GlobalSeq(BinaryPrimitives.ReadUInt64LittleEndian(bytes[Layout.FirstSeq..])),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[Layout.Count..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[Layout.PayloadBytes..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[Layout.PreviousCrc..]));
        return header.Count > 0 && header.PayloadBytes is > 0 and <= SegmentLayout.MaxPayloadBytes;
    }
}
