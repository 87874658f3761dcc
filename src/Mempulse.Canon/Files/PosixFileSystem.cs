using System.Runtime.InteropServices;

namespace Mempulse.Canon.Files;

/// <summary>The operating system's file system.</summary>
public sealed class PosixFileSystem : ILogFileSystem
{
    private PosixFileSystem()
    {
    }

    /// <summary>The only instance.</summary>
    public static PosixFileSystem Instance { get; } = new();

    /// <inheritdoc/>
    public void CreateDirectory(string directory) => Reach(directory, () => Directory.CreateDirectory(directory));

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
        File.Move(path, newPath, overwrite: true);
        return path;
    });

    /// <inheritdoc/>
    public void Delete(string path) => Reach(path, () =>
    {
        File.Delete(path);
        return path;
    });

    /// <inheritdoc/>
    public void SyncDirectory(string directory)
    {
        int onlyDirectories = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? Libc.OpenDirectoryArm : Libc.OpenDirectory;
        int descriptor = Libc.Open(directory, Libc.OpenReadOnly | Libc.OpenCloseOnExec | onlyDirectories);
        if (descriptor < 0)
        {
            throw new PathUnreachableException($"open of {directory} failed: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}.");
        }

        try
        {
            if (Libc.Fsync(descriptor) != 0)
            {
                throw Failed("fsync", directory);
            }
        }
        finally
        {
            _ = Libc.Close(descriptor);
        }
    }

    /// <inheritdoc/>
    public bool IsLocked(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        using var taken = PosixLock.TryTake(path);
        return taken is null;
    }

    /// <inheritdoc/>
    public IDisposable? TryLock(string path) => PosixLock.TryTake(path);

    private static PosixFile OpenHandle(string path, FileMode mode, FileAccess access)
    {
        try
        {
            return Reach(path, () => new PosixFile(path, mode, access));
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

    private static IOException Failed(string call, string path) =>
        new($"{call} of {path} failed: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}.");
}
