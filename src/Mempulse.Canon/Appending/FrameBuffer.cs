using System.Buffers.Binary;
using Mempulse.Canon.Format;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Canon.Appending;

/// <summary>Builds one frame at a time in memory that it reuses.</summary>
internal sealed class FrameBuffer
{
    private const int InitialBytes = 256 * 1024;

    private readonly ByteBuffer _bytes = new(InitialBytes);

    /// <summary>Number of records added.</summary>
    public int Count { get; private set; }

    /// <summary>Length of the records added, in bytes.</summary>
    public int PayloadBytes => _bytes.Length - SegmentLayout.Frame.Size;

    /// <summary>The records; valid after <see cref="Finish"/> until the next <see cref="Clear"/>.</summary>
    public ReadOnlyMemory<byte> Payload { get; private set; }

    /// <summary>The whole frame; valid after <see cref="Finish"/>.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.WrittenSpan;

    /// <summary>Starts an empty frame.</summary>
    public void Clear()
    {
        _bytes.Clear();
        _bytes.Append(SegmentLayout.Frame.Size).Clear();
        Count = 0;
    }

    /// <summary>Adds encoded records.</summary>
    public void Add(ReadOnlySpan<byte> records, int count)
    {
        _bytes.Append(records);
        Count += count;
    }

    /// <summary>Writes header, CRC and padding.</summary>
    /// <returns>The frame's CRC, which the next frame is chained to.</returns>
    public uint Finish(in FrameHeader header, uint salt)
    {
        uint headerCrc = header.Write(_bytes.Written(0, SegmentLayout.Frame.Size), salt);
        uint crc = Crc32C.Continue(headerCrc, _bytes.Written(SegmentLayout.Frame.Size, header.PayloadBytes));
        var trailer = _bytes.Append(header.FrameBytes - _bytes.Length);
        trailer.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, crc);
        Payload = _bytes.WrittenMemory.Slice(SegmentLayout.Frame.Size, header.PayloadBytes);
        return crc;
    }
}
