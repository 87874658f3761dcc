using System.Buffers.Binary;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;
using Layout = Mempulse.Canon.Format.SegmentLayout.Header;

namespace Mempulse.Canon.Format;

/// <summary>What a segment records about itself and about its predecessor.</summary>
/// <param name="Durability">What an acknowledgement of its events guarantees.</param>
/// <param name="Chain">The chain whose log this is.</param>
/// <param name="Epoch">The epoch of the only writer that may write to it.</param>
/// <param name="First">Position of its first event, whether or not that is written yet.</param>
/// <param name="Previous">Where the previous segment ends for every reader; null for the first segment of a log.</param>
/// <param name="Lanes">The last position of every lane over all previous segments, ordered by lane.</param>
internal sealed record SegmentHeader(
    Durability Durability, ChainId Chain, Epoch Epoch, GlobalSeq First, SegmentEnd? Previous, IReadOnlyList<LaneMark> Lanes)
{
    /// <summary>Size of the header in bytes; the first frame follows it.</summary>
    public int SizeBytes => SizeFor(Lanes.Count);

    /// <summary>The header's CRC: the salt of every frame CRC in the segment, and the previous CRC of its first frame.</summary>
    public uint Crc { get; private init; }

    /// <summary>Encodes the header; the returned header carries its CRC.</summary>
    public (SegmentHeader Header, byte[] Bytes) Encode()
    {
        Invariant.That(Lanes.Count <= Layout.MaxLanes, "INV-107", "A segment header lists no more lanes than a reader accepts.");
        byte[] bytes = new byte[SizeBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Layout.Magic);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(Layout.Version), SegmentLayout.Version);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(Layout.Durability), (ushort)Durability);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(Layout.SizeBytes), bytes.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(Layout.Chain), Chain.Value);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(Layout.Epoch), Epoch.Value);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(Layout.FirstSeq), First.Value);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(Layout.PreviousEpoch), Previous?.Name.Epoch.Value ?? 0);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(Layout.PreviousFirstSeq), Previous?.Name.First.Value ?? 0);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(Layout.PreviousSealedBytes), Previous?.SealedBytes ?? 0);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(Layout.PreviousCrc), Previous?.LastCrc ?? 0);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(Layout.LaneCount), Lanes.Count);
        WriteLanes(bytes.AsSpan(Layout.Lanes));
        uint crc = Crc32C.Compute(bytes.AsSpan(0, bytes.Length - sizeof(uint)));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(bytes.Length - sizeof(uint)), crc);
        return (this with { Crc = crc }, bytes);
    }

    /// <summary>Reads the size of the whole header from its first block; the size is bounded here and verified by the CRC in <see cref="Decode"/>.</summary>
    /// <returns>False, with the fault, if the block does not start a header.</returns>
    public static bool TryReadSize(ReadOnlySpan<byte> block, out int sizeBytes, out (int Offset, string Expected, string Actual) fault)
    {
        sizeBytes = 0;
        fault = default;
        if (block.Length < Layout.BlockBytes)
        {
            fault = (0, $"a header of {Layout.BlockBytes} bytes", $"a file of {block.Length} bytes");
        }
        else if (BinaryPrimitives.ReadUInt64LittleEndian(block) is var magic && magic != Layout.Magic)
        {
            fault = (0, $"the segment magic {Layout.Magic:x16}", $"{magic:x16}");
        }
        else if (BinaryPrimitives.ReadUInt16LittleEndian(block[Layout.Version..]) is var version && version != SegmentLayout.Version)
        {
            fault = (Layout.Version, $"format version {SegmentLayout.Version}", $"{version}");
        }
        else
        {
            sizeBytes = BinaryPrimitives.ReadInt32LittleEndian(block[Layout.SizeBytes..]);
            if (sizeBytes < Layout.BlockBytes || sizeBytes > SizeFor(Layout.MaxLanes) || sizeBytes % Layout.BlockBytes != 0)
            {
                fault = (Layout.SizeBytes, $"a header size that is a multiple of {Layout.BlockBytes} and at most {SizeFor(Layout.MaxLanes)}", $"{sizeBytes}");
            }
        }

        return fault.Expected is null;
    }

    /// <summary>Decodes a whole header and checks its CRC.</summary>
    /// <returns>Null, with the fault, if the header is invalid.</returns>
    public static SegmentHeader? Decode(ReadOnlySpan<byte> bytes, out (int Offset, string Expected, string Actual) fault)
    {
        int crcAt = bytes.Length - sizeof(uint);
        uint expected = BinaryPrimitives.ReadUInt32LittleEndian(bytes[crcAt..]);
        uint actual = Crc32C.Compute(bytes[..crcAt]);
        int laneCount = BinaryPrimitives.ReadInt32LittleEndian(bytes[Layout.LaneCount..]);
        fault = expected != actual ? (crcAt, $"header CRC {actual:x8}", $"{expected:x8}")
            : laneCount is < 0 or > Layout.MaxLanes || SizeFor(laneCount) != bytes.Length
                ? (Layout.LaneCount, $"a lane count that fits a header of {bytes.Length} bytes", $"{laneCount}")
                : default;
        if (fault.Expected is not null)
        {
            return null;
        }

        var previous = new SegmentEnd(
            new SegmentName(new GlobalSeq(BinaryPrimitives.ReadUInt64LittleEndian(bytes[Layout.PreviousFirstSeq..])), new Epoch(BinaryPrimitives.ReadUInt64LittleEndian(bytes[Layout.PreviousEpoch..]))),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[Layout.PreviousSealedBytes..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[Layout.PreviousCrc..]));
        return new SegmentHeader(
            (Durability)BinaryPrimitives.ReadUInt16LittleEndian(bytes[Layout.Durability..]),
            new ChainId(BinaryPrimitives.ReadUInt64LittleEndian(bytes[Layout.Chain..])),
            new Epoch(BinaryPrimitives.ReadUInt64LittleEndian(bytes[Layout.Epoch..])),
            new GlobalSeq(BinaryPrimitives.ReadUInt64LittleEndian(bytes[Layout.FirstSeq..])),
            previous.SealedBytes == 0 ? null : previous,
            ReadLanes(bytes[Layout.Lanes..], laneCount))
        {
            Crc = actual,
        };
    }

    private static int SizeFor(int lanes)
    {
        int bytes = Layout.Lanes + (lanes * Layout.LaneSize) + sizeof(uint);
        return (bytes + Layout.BlockBytes - 1) / Layout.BlockBytes * Layout.BlockBytes;
    }

    private static LaneMark[] ReadLanes(ReadOnlySpan<byte> bytes, int count)
    {
        var lanes = new LaneMark[count];
        for (int index = 0; index < count; index++)
        {
            var lane = bytes.Slice(index * Layout.LaneSize, Layout.LaneSize);
            lanes[index] = new LaneMark(
                new LaneId(BinaryPrimitives.ReadUInt32LittleEndian(lane)),
                new LaneSequence(
                    new GlobalSeq(BinaryPrimitives.ReadUInt64LittleEndian(lane[Layout.LaneCause..])),
                    BinaryPrimitives.ReadUInt64LittleEndian(lane[Layout.LaneLocalSeq..])));
        }

        return lanes;
    }

    private void WriteLanes(Span<byte> destination)
    {
        foreach (var mark in Lanes)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(destination, mark.Lane.Value);
            BinaryPrimitives.WriteUInt64LittleEndian(destination[Layout.LaneCause..], mark.Last.Cause.Value);
            BinaryPrimitives.WriteUInt64LittleEndian(destination[Layout.LaneLocalSeq..], mark.Last.LocalSeq);
            destination = destination[Layout.LaneSize..];
        }
    }
}
