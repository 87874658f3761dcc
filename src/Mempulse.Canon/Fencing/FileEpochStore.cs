using Mempulse.Canon.Files;
using Mempulse.Canon.Format;
using Mempulse.Primitives;

namespace Mempulse.Canon.Fencing;

/// <summary>Stores the epoch in a file beside the log, for a single node; byte table in docs/formats/log-epoch.md.</summary>
/// <remarks>The writer keeps the file open and reads it after every commit.</remarks>
public sealed class FileEpochStore : IEpochStore, IDisposable
{
    private const string FileName = "EPOCH";
    private const string LockName = "EPOCH.lock";
    private const uint Magic = 0x4850_454d; // "MEPH"

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
            _file.Allocate(NumberSlots.FileBytes);
            _file.Sync();
            files.SyncDirectory(directory);
        }
    }

    /// <inheritdoc/>
    public Epoch Current() => new(Read().Value);

    /// <inheritdoc/>
    public bool TryAdvance(Epoch expected, Epoch successor)
    {
        using var held = _files.TryLock(Path.Combine(_directory, LockName));
        if (held is null)
        {
            return false;
        }

        var (current, staleOffset) = Read();
        if (current != expected.Value)
        {
            return false;
        }

        NumberSlots.Write(_file, Magic, successor.Value, staleOffset);
        _file.Sync();
        return true;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    // A crash during creation can leave the file short; the missing bytes read as zeros.
    private (ulong Value, long StaleOffset) Read() => NumberSlots.Read(_file, Magic)
        ?? throw new LogCorruptException(new LogDamage(_file.Path, 0, "a valid epoch in at least one of two slots", "no valid slot"));
}
