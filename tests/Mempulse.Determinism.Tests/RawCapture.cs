using System.Buffers.Binary;
using ZstdSharp;

namespace Mempulse.Determinism.Tests;

/// <summary>The entries of a capture, read from its bytes by docs/formats/capture.md and by nothing of the product.</summary>
internal static class RawCapture
{
    private const int PreambleSize = 16;
    private const int FrameHeaderSize = 20;
    private const int EntryHeaderSize = 16;
    private const int CrcSize = 4;

    /// <summary>Each entry: its kind (1 sighting, 2 body, 3 fact), how it was announced (0 when it was not), and its content.</summary>
    public static List<(int Kind, int Via, byte[] Content)> Entries(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        var entries = new List<(int, int, byte[])>();
        int at = PreambleSize + BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(12)) + CrcSize;
        using var zstd = new Decompressor();
        for (; file.AsSpan(at, 4).SequenceEqual("MPCF"u8); at += CrcSize)
        {
            int stored = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at + 8));
            int count = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at + 12));
            var content = zstd.Unwrap(file.AsSpan(at + FrameHeaderSize, stored));
            int before = entries.Count;
            for (int start = 0; start < content.Length;)
            {
                var header = content.Slice(start, EntryHeaderSize);
                int length = BinaryPrimitives.ReadInt32LittleEndian(header);
                entries.Add((header[4], header[5], content.Slice(start + EntryHeaderSize, length).ToArray()));
                start += EntryHeaderSize + length;
            }

            Assert.Equal(count, entries.Count - before);
            at += FrameHeaderSize + stored;
        }

        Assert.True(file.AsSpan(at, 4).SequenceEqual("MPCE"u8));
        Assert.Equal(entries.Count, BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(at + 4)));
        return entries;
    }

    /// <summary>The EIP-2718 type of a signed transaction, from its first byte; null for bytes that are none.</summary>
    public static int? TypeOf(ReadOnlySpan<byte> raw) => raw[0] >= 0xc0 ? 0 : raw[0] is >= 1 and <= 4 && raw[1] >= 0xc0 ? raw[0] : null;
}
