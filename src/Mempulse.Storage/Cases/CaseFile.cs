using System.Buffers.Binary;
using Mempulse.Primitives.Encoding;
using ZstdSharp;

namespace Mempulse.Storage.Cases;

/// <summary>The bytes of a case file. The same case gives the same bytes.</summary>
/// <remarks>Keep in sync with docs/formats/case-file.md.</remarks>
public static class CaseFile
{
    /// <summary>Maximum size of the content in bytes, before and after compression; it is held in memory as a whole.</summary>
    public const int MaxContentBytes = 64 << 20;

    private const ushort FormatVersion = 2;
    private const int VersionOffset = 8;
    private const int ContentLength = 12;
    private const int StoredLength = 16;
    private const int HeaderCrc = 20;
    private const int HeaderSize = HeaderCrc + CrcSize;
    private const int CrcSize = 4;

    /// <summary>Most of a case is its registry: higher levels take seconds for a tenth less.</summary>
    private const int CompressionLevel = 9;

    private static ReadOnlySpan<byte> Magic => "MPCASE\r\n"u8;

    /// <summary>Encodes a case.</summary>
    /// <exception cref="CaseUnavailableException">It is larger than <see cref="MaxContentBytes"/>.</exception>
    public static byte[] Encode(CaseContent content)
    {
        var buffer = new ByteBuffer();
        CaseFields.Write(buffer, content);
        if (buffer.Length > MaxContentBytes)
        {
            throw new CaseUnavailableException(CaseProblem.TooLarge, $"The case has {buffer.Length} bytes before compression: expected at most {MaxContentBytes}.");
        }

        using var compressor = new Compressor(CompressionLevel);
        var stored = compressor.Wrap(buffer.WrittenSpan);
        byte[] file = new byte[HeaderSize + stored.Length + CrcSize];
        Magic.CopyTo(file);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(VersionOffset), FormatVersion);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(ContentLength), (uint)buffer.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(StoredLength), (uint)stored.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(HeaderCrc), Crc32C.Compute(file.AsSpan(0, HeaderCrc)));
        stored.CopyTo(file.AsSpan(HeaderSize));
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(HeaderSize + stored.Length), Crc32C.Compute(stored));
        return file;
    }

    /// <summary>Reads a case file whole.</summary>
    /// <exception cref="CaseDamagedException">It is damaged, or not a case file.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static CaseContent Read(string path) => new FileInfo(path).Length > MaxContentBytes
        ? throw new CaseDamagedException(path, $"it is larger than {MaxContentBytes} bytes.", null)
        : Decode(path, File.ReadAllBytes(path));

    /// <summary>Decodes the bytes of a case file.</summary>
    /// <exception cref="CaseDamagedException">They are damaged, or not those of a case file.</exception>
    public static CaseContent Decode(string path, ReadOnlySpan<byte> file)
    {
        try
        {
            return CaseFields.Read(Unpack(path, file));
        }
        catch (EventDecodeException malformed)
        {
            throw new CaseDamagedException(path, malformed.Message, malformed);
        }
    }

    private static byte[] Unpack(string path, ReadOnlySpan<byte> file)
    {
        if (file.Length < HeaderSize || !file.StartsWith(Magic))
        {
            throw new CaseDamagedException(path, "it does not begin as one.", null);
        }

        if (BinaryPrimitives.ReadUInt16LittleEndian(file[VersionOffset..]) is var version && version != FormatVersion)
        {
            throw new CaseDamagedException(path, $"format version {version} is not supported: expected {FormatVersion}.{(version < FormatVersion ? " Export the case again from its log." : string.Empty)}", null);
        }

        CheckCrc(path, file[..HeaderCrc], file[HeaderCrc..], "header");
        uint content = BinaryPrimitives.ReadUInt32LittleEndian(file[ContentLength..]);
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(file[StoredLength..]);
        if (content > MaxContentBytes || length != file.Length - HeaderSize - CrcSize)
        {
            throw new CaseDamagedException(path, $"it has {file.Length} bytes, but its header states {length} stored bytes of {content}.", null);
        }

        var stored = file.Slice(HeaderSize, (int)length);
        CheckCrc(path, stored, file[(HeaderSize + (int)length)..], "content");
        return Decompress(path, stored, (int)content);
    }

    private static byte[] Decompress(string path, ReadOnlySpan<byte> stored, int length)
    {
        byte[] content = new byte[length];
        try
        {
            using var decompressor = new Decompressor();
            return decompressor.Unwrap(stored, content) == length ? content : throw new CaseDamagedException(path, "the content does not have the stated length.", null);
        }
        catch (ZstdException invalid)
        {
            throw new CaseDamagedException(path, "the content does not decompress.", invalid);
        }
    }

    private static void CheckCrc(string path, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> stated, string what)
    {
        if (Crc32C.Compute(bytes) != BinaryPrimitives.ReadUInt32LittleEndian(stated))
        {
            throw new CaseDamagedException(path, $"the checksum of its {what} is wrong.", null);
        }
    }
}
