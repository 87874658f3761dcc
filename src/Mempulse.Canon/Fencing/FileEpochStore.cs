using System.Buffers.Binary;
using Mempulse.Canon.Files;
using Mempulse.Canon.Format;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Canon.Fencing;

/// <summary>The term in a file beside the log, for one node; byte table in docs/formats/log-epoch.md.</summary>
/// <remarks>
/// Two slots, each within a sector of its own: an advance writes the slot of the older term, so a torn write leaves the
/// newer one. In place and not by rename, because the writer keeps the file open and reads it after every commit.
/// </remarks>
public sealed class FileEpochStore : IEpochStore, IDisposable
{
    private const string FileName = "EPOCH";
    private const string LockName = "EPOCH.lock";
    private const uint Magic = 0x4850_454d; // "MEPH"
    private const int SlotBytes = 512;
    private const int SlotCount = 2;
    private const int EpochAt = 8;
    private const int CrcAt = 16;

    private readonly ILogFileSystem _files;
    private readonly string _directory;
    private readonly ILogFile _file;

    /// <summary>Opens the file, or makes it with term 0.</summary>
    public FileEpochStore(ILogFileSystem files, string directory)
    {
        _files = files;
        _directory = directory;
        string path = Path.Combine(directory, FileName);
        if (files.Exists(path))
        {
            _file = files.Open(path, FileUse.Write);
        }
        else
        {
            _file = files.Create(path);
            _file.Allocate(SlotBytes * SlotCount);
            _file.Sync();
            files.SyncDirectory(directory);
        }
    }

    /// <inheritdoc/>
    public Epoch Current()
    {
        // Zeros where the file is short: a crash while it was made.
        Span<byte> bytes = stackalloc byte[SlotBytes * SlotCount];
        bytes.Clear();
        _file.Read(bytes, 0);
        bool first = TryReadSlot(bytes[..SlotBytes], out var even);
        bool second = TryReadSlot(bytes[SlotBytes..], out var odd);
        if (!first && !second)
        {
            throw new LogCorruptException(new LogDamage(_file.Path, 0, "a valid term in one of two slots", "none"));
        }

        return even > odd ? even : odd;
    }

    /// <inheritdoc/>
    public bool TryAdvance(Epoch expected, Epoch successor)
    {
        using var held = _files.TryLock(Path.Combine(_directory, LockName));
        if (held is null || Current() != expected)
        {
            return false;
        }

        Span<byte> slot = stackalloc byte[SlotBytes];
        slot.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(slot, Magic);
        BinaryPrimitives.WriteUInt64LittleEndian(slot[EpochAt..], successor.Value);
        BinaryPrimitives.WriteUInt32LittleEndian(slot[CrcAt..], Crc32C.Compute(slot[..CrcAt]));
        _file.Write(slot, StaleSlotOffset());
        _file.Sync();
        return true;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    private long StaleSlotOffset()
    {
        Span<byte> bytes = stackalloc byte[SlotBytes * SlotCount];
        bytes.Clear();
        _file.Read(bytes, 0);
        bool first = TryReadSlot(bytes[..SlotBytes], out var even);
        bool second = TryReadSlot(bytes[SlotBytes..], out var odd);
        return !first || (second && even < odd) ? 0 : SlotBytes;
    }

    private static bool TryReadSlot(ReadOnlySpan<byte> slot, out Epoch epoch)
    {
        epoch = default;
        if (!slot.ContainsAnyExcept((byte)0))
        {
            return true;
        }

        if (BinaryPrimitives.ReadUInt32LittleEndian(slot) != Magic
            || BinaryPrimitives.ReadUInt32LittleEndian(slot[CrcAt..]) != Crc32C.Compute(slot[..CrcAt]))
        {
            return false;
        }

        epoch = new Epoch(BinaryPrimitives.ReadUInt64LittleEndian(slot[EpochAt..]));
        return true;
    }
}
