using System.Runtime.InteropServices;

namespace Mempulse.Canon.Files;

/// <summary>The operating system's file system.</summary>
public sealed class PosixFileSystem : ILogFileSystem
{
    private readonly ISystemCalls _calls;

    internal PosixFileSystem(ISystemCalls calls) => _calls = calls;

    /// <summary>The file system that everything but tests uses.</summary>
    public static PosixFileSystem Instance { get; } = new(SystemCalls.Instance);

    /// <inheritdoc/>
    public void CreateDirectory(string directory)
    {
        bool isNew = !Directory.Exists(directory);
        string? parent = Path.GetDirectoryName(Path.GetFullPath(directory));
        if (isNew)
        {
            if (parent is not null && !Directory.Exists(parent))
            {
                CreateDirectory(parent);
            }

            Reach(directory, () =>
            {
                _calls.CreateDirectory(directory);
                return directory;
            });
        }

        try
        {
            // Even if it exists: the process that created it may have ended before this. Without it a loss of power can take the whole directory.
            if (parent is not null)
            {
                SyncDirectory(parent);
            }
        }
        catch (PathUnreachableException) when (!isNew)
        {
            // A parent that this user may not read, such as that of a mounted volume.
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> List(string directory)
    {
        if (!Directory.Exists(directory))
        {
            return [];
        }

        string[] names = Array.ConvertAll(Directory.GetFiles(directory), path => Path.GetFileName(path));
        Array.Sort(names, StringComparer.Ordinal);
        return names;
    }

    /// <inheritdoc/>
    public bool Exists(string path) => File.Exists(path);

    /// <inheritdoc/>
    public ILogFile Create(string path) => OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite);

    /// <inheritdoc/>
    public ILogFile Open(string path, FileUse use) =>
        OpenHandle(path, FileMode.Open, use == FileUse.Write ? FileAccess.ReadWrite : FileAccess.Read);

    /// <inheritdoc/>
    public void Rename(string path, string newPath) => Reach(path, () =>
    {
        _calls.Rename(path, newPath);
        return path;
    });

    /// <inheritdoc/>
    public void Delete(string path) => Reach(path, () =>
    {
        _calls.Delete(path);
        return path;
    });

    /// <inheritdoc/>
    public void SyncDirectory(string directory)
    {
        int onlyDirectories = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? Libc.OpenDirectoryArm : Libc.OpenDirectory;
        int error = _calls.OpenDirectory(directory, Libc.OpenReadOnly | Libc.OpenCloseOnExec | onlyDirectories, out int descriptor);
        if (error != 0)
        {
            throw new PathUnreachableException($"open of {directory} failed: {Marshal.GetPInvokeErrorMessage(error)}.");
        }

        try
        {
            error = _calls.Sync(descriptor);
            if (error != 0)
            {
                throw new IOException($"fsync of {directory} failed: {Marshal.GetPInvokeErrorMessage(error)}.");
            }
        }
        finally
        {
            _calls.Close(descriptor);
        }
    }

    /// <inheritdoc/>
    public bool IsLocked(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        using var taken = PosixLock.TryTake(_calls, path);
        return taken is null;
    }

    /// <inheritdoc/>
    public IDisposable? TryLock(string path) => PosixLock.TryTake(_calls, path);

    private PosixFile OpenHandle(string path, FileMode mode, FileAccess access)
    {
        try
        {
            return Reach(path, () => new PosixFile(_calls, path, mode, access));
        }
        catch (IOException error) when (error.HResult is Libc.NoSpace or Libc.QuotaExceeded)
        {
            throw new DiskFullException($"Cannot create {path}: the device is full.", error);
        }
    }

    private static T Reach<T>(string path, Func<T> call)
    {
        try
        {
            return call();
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new PathUnreachableException($"Cannot reach {path}: {denied.Message}", denied);
        }
    }
}
