using Mempulse.Canon.Files;
using Mempulse.Canon.Format;
using Mempulse.Primitives;

namespace Mempulse.Canon.Recovery;

/// <summary>The file that records how far the log was durable, so that the loss of its end shows; byte table in docs/formats/log-mark.md.</summary>
/// <remarks>
/// Raised after each sync of a frame and before its acknowledgement, so it never runs ahead of what is on the device and, as
/// long as the machine runs, never behind what was acknowledged. It is synced apart from the commits, so after a loss of power
/// it can be older (docs/decisions/0025). Raised by the writer's thread only; any thread may sync.
/// </remarks>
internal sealed class DurableMark : IDisposable
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "DURABLE";

    private const uint Magic = 0x4b52_4d4d; // "MMRK"

    private readonly ILogFile _file;
    private readonly Lock _gate = new();
    private bool _isClosed;
    private ulong _value;
    private ulong _synced;
    private long _staleOffset;

    private DurableMark(ILogFile file, GlobalSeq value, long staleOffset)
    {
        _file = file;
        _value = value.Value;
        _synced = value.Value;
        _staleOffset = staleOffset;
    }

    /// <summary>Returns the position up to which (inclusive) the log was durable; <see cref="GlobalSeq.None"/> if there is no mark.</summary>
    /// <exception cref="LogCorruptException">The mark is damaged.</exception>
    public static GlobalSeq Read(ILogFileSystem files, string directory)
    {
        string path = Path.Combine(directory, FileName);
        if (!files.Exists(path))
        {
            return GlobalSeq.None;
        }

        using var file = files.Open(path, FileUse.Read);
        return NumberSlots.Read(file, Magic) is { } found
            ? new GlobalSeq(found.Value)
            : throw new LogCorruptException(new LogDamage(path, 0, "a valid position in at least one of two slots", "no valid slot (delete the file to do without it)"));
    }

    /// <summary>Opens the mark of a log that was found sound, and makes <paramref name="watermark"/> durable in it.</summary>
    public static DurableMark Open(ILogFileSystem files, string directory, GlobalSeq watermark)
    {
        string path = Path.Combine(directory, FileName);
        if (!files.Exists(path))
        {
            Create(files, path, directory);
        }

        var file = files.Open(path, FileUse.Write);
        var found = NumberSlots.Read(file, Magic);
        var mark = new DurableMark(file, new GlobalSeq(found?.Value ?? 0), found?.StaleOffset ?? 0);
        if (mark._value < watermark.Value)
        {
            mark.Raise(watermark);
            mark.Sync();
        }

        return mark;
    }

    /// <summary>Raises the mark; call it when everything up to <paramref name="watermark"/> is synced and nothing above was acknowledged.</summary>
    public void Raise(GlobalSeq watermark)
    {
        Invariant.That(watermark.Value > _value, "INV-106", "The durable mark rises.");
        try
        {
            NumberSlots.Write(_file, Magic, watermark.Value, _staleOffset);
            _staleOffset = _staleOffset == 0 ? NumberSlots.SlotBytes : 0;
            Volatile.Write(ref _value, watermark.Value);
        }
        catch (IOException)
        {
            // The frame is durable all the same. A mark that is too low proves less and is never wrong; the next commit raises it again.
        }
    }

    /// <summary>Makes the mark durable if it was raised since the last time.</summary>
    public void Sync()
    {
        lock (_gate)
        {
            ulong value = Volatile.Read(ref _value);
            if (value == _synced || _isClosed)
            {
                return;
            }

            try
            {
                _file.Sync();
                _synced = value;
            }
            catch (IOException)
            {
                // As above: after a loss of power the mark may be older than it could be.
            }
        }
    }

    /// <summary>Closes the file; the background thread may still ask for a sync, which does nothing.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isClosed = true;
            _file.Dispose();
        }
    }

    // Under its own name at once: a rename could replace the file that a successor has open, whose mark would then never rise again.
    // A crash in between leaves the file short; the missing bytes read as zeros.
    private static void Create(ILogFileSystem files, string path, string directory)
    {
        using (var file = files.Create(path))
        {
            file.Allocate(NumberSlots.FileBytes);
            file.Sync();
        }

        files.SyncDirectory(directory);
    }
}
