using Mempulse.Canon.Files;
using Microsoft.Win32.SafeHandles;

namespace Mempulse.Canon.Tests.RealFiles;

/// <summary>A double beneath the real file system: does every call on the real files, and records it; a call may be made to fail.</summary>
internal sealed class RecordedCalls : ISystemCalls
{
    private readonly Dictionary<SafeFileHandle, string> _files = [];
    private readonly Dictionary<int, string> _directories = [];
    private readonly Lock _lock = new();

    /// <summary>Calls that change something or sync, in order: the name of the call and of the file.</summary>
    public List<string> Journal { get; } = [];

    /// <summary>Returns the error number of a call, which is then not done; 0 for none.</summary>
    public Func<string, int> Errors { get; set; } = _ => 0;

    /// <summary>Thrown in place of the next call of .NET; null for none.</summary>
    public Exception? Throws { get; set; }

    /// <summary>Largest number of bytes that a read returns at once.</summary>
    public int MostPerRead { get; set; } = int.MaxValue;

    /// <summary>The arguments of the last lock, and the flags with which the last directory was opened.</summary>
    public int LockOperation { get; private set; }

    public int DirectoryFlags { get; private set; }

    /// <summary>Descriptors that are open.</summary>
    public int OpenDirectories => _directories.Count;

    /// <summary>Handles that were opened and not closed.</summary>
    public int OpenFiles => _files.Keys.Count(file => !file.IsClosed);

    /// <summary>Returns the journal and starts a new one.</summary>
    public string[] Take()
    {
        lock (_lock)
        {
            string[] taken = [.. Journal];
            Journal.Clear();
            return taken;
        }
    }

    public SafeFileHandle Open(string path, FileMode mode, FileAccess access, FileShare share)
    {
        bool isNew = mode != FileMode.Open && !File.Exists(path);
        Do($"open {Path.GetFileName(path)}", isRecorded: false);
        var file = SystemCalls.Instance.Open(path, mode, access, share);
        lock (_lock)
        {
            _files[file] = Path.GetFileName(path);
            if (isNew)
            {
                Journal.Add($"create {Path.GetFileName(path)}");
            }
        }

        return file;
    }

    public int Read(SafeFileHandle file, Span<byte> destination, long offset) =>
        SystemCalls.Instance.Read(file, destination[..Math.Min(destination.Length, MostPerRead)], offset);

    public void Write(SafeFileHandle file, ReadOnlySpan<byte> source, long offset)
    {
        Do($"write {_files[file]}");
        SystemCalls.Instance.Write(file, source, offset);
    }

    public void SetLength(SafeFileHandle file, long lengthBytes)
    {
        Do($"truncate {_files[file]}");
        SystemCalls.Instance.SetLength(file, lengthBytes);
    }

    public int Reserve(SafeFileHandle file, long offset, long lengthBytes) => Try($"reserve {_files[file]}", () => SystemCalls.Instance.Reserve(file, offset, lengthBytes));

    public int SyncData(SafeFileHandle file) => Try($"fdatasync {_files[file]}", () => SystemCalls.Instance.SyncData(file));

    public int Lock(SafeFileHandle file, int operation)
    {
        LockOperation = operation;
        return Try($"flock {_files[file]}", () => SystemCalls.Instance.Lock(file, operation));
    }

    public void Rename(string path, string newPath)
    {
        Do($"rename {Path.GetFileName(path)} {Path.GetFileName(newPath)}");
        SystemCalls.Instance.Rename(path, newPath);
    }

    public void Delete(string path)
    {
        Do($"delete {Path.GetFileName(path)}", isRecorded: File.Exists(path));
        SystemCalls.Instance.Delete(path);
    }

    public void CreateDirectory(string directory)
    {
        Do($"mkdir {Path.GetFileName(directory)}", isRecorded: !Directory.Exists(directory));
        SystemCalls.Instance.CreateDirectory(directory);
    }

    public int OpenDirectory(string directory, int flags, out int descriptor)
    {
        DirectoryFlags = flags;
        int opened = -1;
        int error = Try($"open {Path.GetFileName(directory)}", () => SystemCalls.Instance.OpenDirectory(directory, flags, out opened), isRecorded: false);
        descriptor = opened;
        if (error == 0)
        {
            _directories[opened] = Path.GetFileName(directory);
        }

        return error;
    }

    public int Sync(int descriptor) => Try($"fsync {_directories[descriptor]}", () => SystemCalls.Instance.Sync(descriptor));

    public void Close(int descriptor)
    {
        Assert.True(_directories.Remove(descriptor));
        SystemCalls.Instance.Close(descriptor);
    }

    private int Try(string call, Func<int> real, bool isRecorded = true)
    {
        lock (_lock)
        {
            if (isRecorded)
            {
                Journal.Add(call);
            }
        }

        int error = Errors(call);
        return error != 0 ? error : real();
    }

    private void Do(string call, bool isRecorded = true)
    {
        if (Throws is { } thrown)
        {
            Throws = null;
            throw thrown;
        }

        if (Errors(call) is var error and not 0)
        {
            throw new IOException($"{call}: error {error}", error);
        }

        lock (_lock)
        {
            if (isRecorded)
            {
                Journal.Add(call);
            }
        }
    }
}
