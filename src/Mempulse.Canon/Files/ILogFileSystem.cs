namespace Mempulse.Canon.Files;

/// <summary>Everything the log asks of a file system: the seam behind which a simulated disk takes the place of the real one.</summary>
/// <remarks>Thread-safe. A created, renamed or deleted name is durable only after <see cref="SyncDirectory"/> of its directory.</remarks>
public interface ILogFileSystem
{
    /// <summary>Makes a directory and its parents; nothing happens when it is there.</summary>
    void CreateDirectory(string directory);

    /// <summary>File names in a directory, without path, in ordinal order; empty when it does not exist.</summary>
    IReadOnlyList<string> List(string directory);

    /// <summary>True if the file exists.</summary>
    bool Exists(string path);

    /// <summary>Makes a new file, which must not exist, for reading and writing.</summary>
    /// <exception cref="DiskFullException">There is no room.</exception>
    /// <exception cref="IOException">It exists, or the device failed.</exception>
    ILogFile Create(string path);

    /// <summary>Opens a file that exists.</summary>
    /// <exception cref="FileNotFoundException">It does not exist.</exception>
    ILogFile Open(string path, FileUse use);

    /// <summary>Gives a file a new name, atomically, taking the place of a file that has it.</summary>
    /// <exception cref="FileNotFoundException">It does not exist.</exception>
    void Rename(string path, string newPath);

    /// <summary>Deletes a file; nothing happens when it does not exist.</summary>
    void Delete(string path);

    /// <summary>Returns when the names in a directory are on the device.</summary>
    void SyncDirectory(string directory);

    /// <summary>True while somebody holds the lock on a lock file; may hold it for an instant itself, and never makes the file.</summary>
    bool IsLocked(string path);

    /// <summary>Takes the exclusive lock on a lock file, which is made if missing, until the result is disposed.</summary>
    /// <returns>The lock, or null while somebody else holds it.</returns>
    IDisposable? TryLock(string path);
}
