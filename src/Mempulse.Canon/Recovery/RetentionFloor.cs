using System.Buffers.Binary;
using Mempulse.Canon.Files;
using Mempulse.Canon.Format;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Canon.Recovery;

/// <summary>The position up to which events may have been deleted; it distinguishes retention from a lost segment.</summary>
internal static class RetentionFloor
{
    private const string FileName = "FLOOR";
    private const string NewName = "FLOOR.new";
    private const uint Magic = 0x524c_464d; // "MFLR"
    private const int SeqAt = 8;
    private const int CrcAt = 16;
    private const int SizeBytes = 20;

    /// <summary>Returns the floor, inclusive; <see cref="GlobalSeq.None"/> if nothing was ever deleted.</summary>
    public static GlobalSeq Read(ILogFileSystem files, string directory)
    {
        string path = Path.Combine(directory, FileName);
        if (!files.Exists(path))
        {
            return GlobalSeq.None;
        }

        using var file = files.Open(path, FileUse.Read);
        byte[] bytes = file.ReadHead(SizeBytes);
        bool isValid = bytes.Length == SizeBytes
            && BinaryPrimitives.ReadUInt32LittleEndian(bytes) == Magic
            && BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(CrcAt)) == Crc32C.Compute(bytes.AsSpan(0, CrcAt));
        return isValid
            ? new GlobalSeq(BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(SeqAt)))
            : throw new LogCorruptException(new LogDamage(path, 0, "a retention floor with a valid CRC", Convert.ToHexStringLower(bytes)));
    }

    /// <summary>Makes a new floor durable. Call before deleting the first file below it.</summary>
    public static void Write(ILogFileSystem files, string directory, GlobalSeq floor)
    {
        byte[] bytes = new byte[SizeBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Magic);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(SeqAt), floor.Value);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(CrcAt), Crc32C.Compute(bytes.AsSpan(0, CrcAt)));
        string temporary = Path.Combine(directory, NewName);
        files.Delete(temporary);
        using (var file = files.Create(temporary))
        {
            file.Write(bytes, 0);
            file.Sync();
        }

        files.Rename(temporary, Path.Combine(directory, FileName));
        files.SyncDirectory(directory);
    }
}
