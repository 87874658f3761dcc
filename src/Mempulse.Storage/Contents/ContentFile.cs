using System.Buffers.Binary;
using Mempulse.Canon.Files;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Storage.Contents;

/// <summary>A file with a single content, version 1: a header and a Zstandard frame. Still read, no longer written.</summary>
/// <remarks>Keep in sync with the byte table in docs/formats/content.md.</remarks>
internal static class ContentFile
{
    public const int HeaderBytes = 52;

    private const uint Magic = 0x4f43504d; // "MPCO"
    private const ushort Version = 1;
    private const int DigestOffset = 16;
    private const int CrcOffset = 48;

    /// <summary>Reads and decodes a file.</summary>
    /// <exception cref="ContentDamagedException">It is not the file of this content.</exception>
    public static byte[] Read(string path, ILogFile file, in Hash256 digest)
    {
        byte[] bytes = new byte[checked((int)file.LengthBytes)];
        return Decode(path, bytes.AsSpan(0, file.Read(bytes, 0)), digest);
    }

    /// <summary>Decodes the content of a file and checks that it has this digest.</summary>
    /// <exception cref="ContentDamagedException">The file is damaged, or its content has another digest.</exception>
    public static byte[] Decode(string path, ReadOnlySpan<byte> file, in Hash256 digest)
    {
        if (file.Length < HeaderBytes)
        {
            throw new ContentDamagedException(path, file.Length, $"a header of {HeaderBytes} bytes", "the end of the file");
        }

        Expect(path, 0, "magic", Magic, BinaryPrimitives.ReadUInt32LittleEndian(file));
        Expect(path, 4, "version", Version, BinaryPrimitives.ReadUInt16LittleEndian(file[4..]));
        Expect(path, 12, "stored bytes", (uint)(file.Length - HeaderBytes), BinaryPrimitives.ReadUInt32LittleEndian(file[12..]));
        uint crc = Crc32C.Continue(Crc32C.Compute(file[..CrcOffset]), file[HeaderBytes..]);
        Expect(path, CrcOffset, "CRC", crc, BinaryPrimitives.ReadUInt32LittleEndian(file[CrcOffset..]));
        return ContentFrame.Decompress(path, HeaderBytes, file[HeaderBytes..], BinaryPrimitives.ReadUInt32LittleEndian(file[8..]), digest, DigestOffset);
    }

    private static void Expect(string path, long offset, string name, uint expected, uint actual)
    {
        if (expected != actual)
        {
            throw new ContentDamagedException(path, offset, $"{name} {expected:x8}", $"{actual:x8}");
        }
    }
}
