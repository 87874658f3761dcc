using System.Buffers.Binary;
using Mempulse.Canon.Files;
using Mempulse.Canon.Format;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Canon.Fencing;

/// <summary>Stores the epoch in a file beside the log, for a single node; byte table in docs/formats/log-epoch.md.</summary>
/// <remarks>
/// The file has two slots, each in its own sector. An advance overwrites the slot with the older epoch, so a torn
/// write leaves the newer one intact. It writes in place and not by rename, because the writer keeps the file open and
/// reads it after every commit.
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

    /// <summary>Opens the file, or creates it with epoch 0.</summary>
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
        // A crash during creation can leave the file short; the missing bytes read as zeros.
        Span<byte> bytes = stackalloc byte[SlotBytes * SlotCount];
        bytes.Clear();
        _file.Read(bytes, 0);
        bool first = TryReadSlot(bytes[..SlotBytes], out var even);
        bool second = TryReadSlot(bytes[SlotBytes..], out var odd);
        if (!first && !second)
        {
            throw new LogCorruptException(new LogDamage(_file.Path, 0, "a valid epoch in at least one of two slots", "no valid slot"));
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
