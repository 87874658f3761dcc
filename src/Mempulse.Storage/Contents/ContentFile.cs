using System.Buffers.Binary;
using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using ZstdSharp;

namespace Mempulse.Storage.Contents;

/// <summary>One content as a file: a header and a Zstandard frame. Byte table: docs/formats/content.md; keep both in sync.</summary>
internal static class ContentFile
{
    public const int HeaderBytes = 52;

    private const uint Magic = 0x4f43504d; // "MPCO"
    private const ushort Version = 1;
    private const int CompressionLevel = 3;
    private const int DigestOffset = 16;
    private const int CrcOffset = 48;

    /// <summary>The file of a content.</summary>
    public static byte[] Encode(ContentKind kind, in Hash256 digest, ReadOnlySpan<byte> content)
    {
        using var compressor = new Compressor(CompressionLevel);
        var frame = compressor.Wrap(content);
        byte[] file = new byte[HeaderBytes + frame.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(file, Magic);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(4), Version);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(6), (ushort)kind);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(8), (uint)content.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(12), (uint)frame.Length);
        digest.CopyTo(file.AsSpan(DigestOffset));
        frame.CopyTo(file.AsSpan(HeaderBytes));
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(CrcOffset), CrcOf(file));
        return file;
    }

    /// <summary>The content of a file, which must be the one with this digest.</summary>
    /// <exception cref="ContentDamagedException">It is not.</exception>
    public static byte[] Decode(string path, ReadOnlySpan<byte> file, in Hash256 digest)
    {
        if (file.Length < HeaderBytes)
        {
            throw new ContentDamagedException(path, file.Length, $"a header of {HeaderBytes} bytes", "the end of the file");
        }

        Expect(path, 0, "magic", Magic, BinaryPrimitives.ReadUInt32LittleEndian(file));
        Expect(path, 4, "version", Version, BinaryPrimitives.ReadUInt16LittleEndian(file[4..]));
        Expect(path, 12, "stored bytes", (uint)(file.Length - HeaderBytes), BinaryPrimitives.ReadUInt32LittleEndian(file[12..]));
        Expect(path, CrcOffset, "CRC", CrcOf(file), BinaryPrimitives.ReadUInt32LittleEndian(file[CrcOffset..]));
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(file[8..]);
        if (length > ContentStoreOptions.MaxContentBytes)
        {
            throw new ContentDamagedException(path, 8, $"at most {ContentStoreOptions.MaxContentBytes} bytes", $"{length}");
        }

        byte[] content = Decompress(path, file[HeaderBytes..], (int)length);
        var actual = Keccak256.Hash(content);
        return actual == digest ? content : throw new ContentDamagedException(path, DigestOffset, $"content of digest {digest}", $"{actual}");
    }

    private static byte[] Decompress(string path, ReadOnlySpan<byte> frame, int length)
    {
        byte[] content = new byte[length];
        try
        {
            using var decompressor = new Decompressor();
            int written = decompressor.Unwrap(frame, content);
            return written == length ? content : throw new ContentDamagedException(path, HeaderBytes, $"{length} bytes of content", $"{written}");
        }
        catch (ZstdException damage)
        {
            throw new ContentDamagedException($"{path} is damaged at byte {HeaderBytes}: no Zstandard frame of {length} bytes: {damage.Message}", damage);
        }
    }

    /// <summary>Over everything but itself.</summary>
    private static uint CrcOf(ReadOnlySpan<byte> file) => Crc32C.Continue(Crc32C.Compute(file[..CrcOffset]), file[HeaderBytes..]);

    private static void Expect(string path, long offset, string name, uint expected, uint actual)
    {
        if (expected != actual)
        {
            throw new ContentDamagedException(path, offset, $"{name} {expected:x8}", $"{actual:x8}");
        }
    }
}
