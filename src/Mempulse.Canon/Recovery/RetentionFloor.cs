using System.Buffers.Binary;
using System.Globalization;
using Mempulse.Canon.Fencing;
using Mempulse.Canon.Files;
using Mempulse.Canon.Format;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Canon.Recovery;

/// <summary>The position up to which events may have been deleted; it distinguishes retention from a lost segment.</summary>
/// <remarks>
/// Each writer has a file of its own, named by its epoch, and the highest position counts. So a former writer that resumes after a
/// takeover cannot lower what its successor has written (docs/decisions/0109).
/// </remarks>
internal static class RetentionFloor
{
    private const string FileName = "FLOOR";
    private const string TemporaryExtension = ".new";
    private const uint Magic = 0x524c_464d; // "MFLR"
    private const int SeqAt = 8;
    private const int CrcAt = 16;
    private const int SizeBytes = 20;

    /// <summary>Returns the floor, inclusive; <see cref="GlobalSeq.None"/> if nothing was ever deleted.</summary>
    public static GlobalSeq Read(ILogFileSystem files, string directory)
    {
        var floor = GlobalSeq.None;
        foreach (string name in files.List(directory).Where(name => EpochOf(name) is not null))
        {
            var found = ReadFile(files, Path.Combine(directory, name));
            floor = found > floor ? found : floor;
        }

        return floor;
    }

    /// <summary>Makes a new floor durable. Call before deleting the first file below it.</summary>
    /// <exception cref="LogFencedException">The epoch is lost; nothing was changed.</exception>
    public static void Write(ILogFileSystem files, string directory, EpochFence fence, GlobalSeq floor)
    {
        byte[] bytes = new byte[SizeBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Magic);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(SeqAt), floor.Value);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(CrcAt), Crc32C.Compute(bytes.AsSpan(0, CrcAt)));
        string path = Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"{FileName}-{fence.Epoch.Value:D10}"));
        fence.Check();
        files.Delete(path + TemporaryExtension);
        using (var file = files.Create(path + TemporaryExtension))
        {
            file.Write(bytes, 0);
            file.Sync();
        }

        fence.Check();
        files.Rename(path + TemporaryExtension, path);
        files.SyncDirectory(directory);
        DeleteFormer(files, directory, fence);
    }

    private static void DeleteFormer(ILogFileSystem files, string directory, EpochFence fence)
    {
        foreach (string name in files.List(directory).Where(name => EpochOf(name) < fence.Epoch))
        {
            fence.Check();
            files.Delete(Path.Combine(directory, name));
        }
    }

    private static GlobalSeq ReadFile(ILogFileSystem files, string path)
    {
        byte[] bytes;
        try
        {
            using var file = files.Open(path, FileUse.Read);
            bytes = file.ReadHead(SizeBytes);
        }
        catch (FileNotFoundException)
        {
            return GlobalSeq.None; // a writer has replaced it by its own since the directory was listed
        }

        bool isValid = bytes.Length == SizeBytes
            && BinaryPrimitives.ReadUInt32LittleEndian(bytes) == Magic
            && BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(CrcAt)) == Crc32C.Compute(bytes.AsSpan(0, CrcAt));
        return isValid
            ? new GlobalSeq(BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(SeqAt)))
            : throw new LogCorruptException(new LogDamage(path, 0, "a retention floor with a valid CRC", Convert.ToHexStringLower(bytes)));
    }

    /// <summary>The epoch in the name of a floor, 0 if it has none, as it had once; null for any other file.</summary>
    private static Epoch? EpochOf(string name) => name == FileName ? default(Epoch)
        : name.StartsWith(FileName + "-", StringComparison.Ordinal)
            && ulong.TryParse(name.AsSpan(FileName.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ulong epoch) ? new Epoch(epoch)
        : null;
}
