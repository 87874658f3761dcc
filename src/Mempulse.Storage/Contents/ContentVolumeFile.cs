using System.Buffers.Binary;
using Mempulse.Canon.Files;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Storage.Contents;

/// <summary>A file of a fixed size to which batches are appended: each is a record, its batch, and zeros up to the next multiple of <see cref="Alignment"/>.</summary>
/// <remarks>
/// A record is within one sector, so it is there or not. The batch after it may be incomplete if the writer was interrupted; then nothing follows it, and no
/// fact refers to its contents. Keep in sync with the byte table in docs/formats/content.md.
/// </remarks>
internal static class ContentVolumeFile
{
    /// <summary>Where records may begin: a divisor of a sector.</summary>
    public const int Alignment = 64;

    /// <summary>Bytes of a record.</summary>
    public const int RecordBytes = 40;

    /// <summary>Largest batch that a volume can have.</summary>
    private const int MaxBatchBytes = 1 << 30;

    private const int CrcOffset = RecordBytes - sizeof(uint);

    /// <summary>Bytes that a batch takes in a volume.</summary>
    public static long BytesOf(int batchBytes) => (RecordBytes + (long)batchBytes + Alignment - 1) / Alignment * Alignment;

    /// <summary>Encodes a batch as it is appended.</summary>
    public static byte[] Encode(ReadOnlySpan<byte> batch, in Hash256 header)
    {
        byte[] bytes = new byte[checked((int)BytesOf(batch.Length))];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)batch.Length);
        header.CopyTo(bytes.AsSpan(sizeof(uint)));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(CrcOffset), Crc32C.Compute(bytes.AsSpan(0, CrcOffset)));
        batch.CopyTo(bytes.AsSpan(RecordBytes));
        return bytes;
    }

    /// <summary>Reads where the contents of a volume are.</summary>
    public static ContentScan Scan(ILogFile file)
    {
        List<ContentPlace> places = [];
        ContentDamagedException? damage = null; // the first that is known
        ContentDamagedException? incomplete = null; // the last batch
        long at = 0;
        try
        {
            while (ReadRecord(file, at) is { } record)
            {
                damage ??= incomplete; // a batch follows it, so its write was not interrupted
                incomplete = null;
                try
                {
                    places.AddRange(ContentBatchFile.ReadHeader(file, at + RecordBytes, record.BatchBytes, record.Header));
                }
                catch (ContentDamagedException failure)
                {
                    incomplete = failure;
                }

                at += BytesOf(record.BatchBytes);
            }
        }
        catch (ContentDamagedException record)
        {
            return new ContentScan(places, damage ?? record, End: null);
        }

        return new ContentScan(places, damage, incomplete is null && damage is null ? at : null);
    }

    /// <summary>The record at an offset; null if no record begins there.</summary>
    private static (int BatchBytes, Hash256 Header)? ReadRecord(ILogFile file, long at)
    {
        Span<byte> record = stackalloc byte[RecordBytes];
        if (file.Read(record, at) < RecordBytes || !record.ContainsAnyExcept((byte)0))
        {
            return null;
        }

        uint crc = Crc32C.Compute(record[..CrcOffset]);
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(record);
        return crc == BinaryPrimitives.ReadUInt32LittleEndian(record[CrcOffset..]) && length <= MaxBatchBytes
            ? ((int)length, new Hash256(record.Slice(sizeof(uint), Hash256.Size)))
            : throw new ContentDamagedException(file.Path, at, $"a record with CRC {crc:x8}", "another one");
    }
}
