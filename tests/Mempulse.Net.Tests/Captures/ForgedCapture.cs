using System.Buffers.Binary;
using Mempulse.Primitives.Encoding;
using ZstdSharp;

namespace Mempulse.Net.Tests.Captures;

/// <summary>A capture of one frame, written from the byte table in docs/formats/capture.md and not with the writer: every CRC is right, and any field may be wrong.</summary>
internal sealed class ForgedCapture
{
    private const int PreambleSize = 16;

    /// <summary>The kind, via, source, time and content of each entry.</summary>
    public List<(byte Kind, byte Via, ushort Source, long Offset, byte[] Content)> Entries { get; } =
    [
        (1, 1, 0, 1_000, new byte[32]),
        (2, 2, 1, 2_000, [.. new byte[32], 0x02, 0xc0]),
    ];

    public ushort Version { get; set; } = 1;

    public byte[] Header { get; set; } = HeaderOf(CaptureSamples.OneOfEach());

    /// <summary>What follows the last entry in its frame.</summary>
    public byte[] RestOfFrame { get; set; } = [];

    /// <summary>What follows the trailer.</summary>
    public byte[] RestOfFile { get; set; } = [];

    public uint? StatedHeaderLength { get; set; }

    public uint? StatedContentLength { get; set; }

    public uint? StatedStoredLength { get; set; }

    public uint? StatedFrameEntries { get; set; }

    public ulong? StatedEntries { get; set; }

    public long? StatedLastOffset { get; set; }

    public byte[] ToBytes()
    {
        byte[] preamble = new byte[PreambleSize];
        "MPCAPT\r\n"u8.CopyTo(preamble);
        BinaryPrimitives.WriteUInt16LittleEndian(preamble.AsSpan(8), Version);
        BinaryPrimitives.WriteUInt32LittleEndian(preamble.AsSpan(12), StatedHeaderLength ?? (uint)Header.Length);
        byte[] content = [.. Entries.SelectMany(static entry => Bytes(entry)), .. RestOfFrame];
        using var compressor = new Compressor(3);
        byte[] stored = compressor.Wrap(content).ToArray();
        byte[] frame =
        [
            .. "MPCF"u8,
            .. Number(StatedContentLength ?? (uint)content.Length),
            .. Number(StatedStoredLength ?? (uint)stored.Length),
            .. Number(StatedFrameEntries ?? (uint)Entries.Count),
        ];
        byte[] trailer =
        [
            .. "MPCE"u8,
            .. BitConverter.GetBytes(StatedEntries ?? (ulong)Entries.Count),
            .. BitConverter.GetBytes(StatedLastOffset ?? Entries[^1].Offset),
        ];
        return [.. WithCrc([.. preamble, .. Header]), .. WithCrc(frame), .. WithCrc(stored), .. WithCrc(trailer), .. RestOfFile];
    }

    private static byte[] HeaderOf(byte[] capture) => capture[PreambleSize..(PreambleSize + BitConverter.ToInt32(capture, 12))];

    private static byte[] Bytes((byte Kind, byte Via, ushort Source, long Offset, byte[] Content) entry) =>
        [.. Number((uint)entry.Content.Length), entry.Kind, entry.Via, .. BitConverter.GetBytes(entry.Source), .. BitConverter.GetBytes(entry.Offset), .. entry.Content];

    private static byte[] Number(uint value) => BitConverter.GetBytes(value);

    private static byte[] WithCrc(byte[] bytes) => [.. bytes, .. Number(Crc32C.Compute(bytes))];
}
