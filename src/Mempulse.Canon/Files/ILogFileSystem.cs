namespace Mempulse.Canon.Files;

/// <summary>Everything the log needs from a file system; tests substitute a simulated disk.</summary>
/// <remarks>Thread-safe. A created, renamed or deleted name is durable only after <see cref="SyncDirectory"/> of its directory.</remarks>
public interface ILogFileSystem
{
    /// <summary>Creates a directory and its parents unless they exist; when it returns, their names are on the device.</summary>
    void CreateDirectory(string directory);

    /// <summary>Returns the file names in a directory, without path, in ordinal order; empty if the directory does not exist.</summary>
    IReadOnlyList<string> List(string directory);

    /// <summary>Returns true if the file exists.</summary>
    bool Exists(string path);

    /// <summary>Creates a new file for reading and writing; it must not exist.</summary>
    /// <exception cref="DiskFullException">The device is full.</exception>
    /// <exception cref="IOException">The file exists, or the device failed.</exception>
    ILogFile Create(string path);

    /// <summary>Opens an existing file.</summary>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    ILogFile Open(string path, FileUse use);

    /// <summary>Renames a file atomically, replacing any file at <paramref name="newPath"/>.</summary>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    void Rename(string path, string newPath);

    /// <summary>Deletes a file; does nothing if it does not exist.</summary>
    void Delete(string path);

    /// <summary>Returns once the names in a directory are on the device.</summary>
    /// <exception cref="PathUnreachableException">The directory could not be opened; nothing was synced.</exception>
    /// <exception cref="IOException">The sync failed, which is final.</exception>
    void SyncDirectory(string directory);

    /// <summary>Returns true while another holder has the lock on a lock file.</summary>
    /// <remarks>May take the lock itself for an instant. Never creates the file.</remarks>
    bool IsLocked(string path);

    /// <summary>Takes the exclusive lock on a lock file until the result is disposed; creates the file if missing.</summary>
    /// <returns>The lock, or null while another holder has it.</returns>
    IDisposable? TryLock(string path);
}
