using Microsoft.Win32.SafeHandles;

namespace Mempulse.Canon.Files;

/// <summary>The calls to the operating system that <see cref="PosixFileSystem"/> makes, without any decision: tests put a double in their place.</summary>
/// <remarks>
/// The simulated disk replaces the whole file system, so it cannot show that the real one syncs. A double here can
/// (docs/decisions/0110). Calls of .NET throw what .NET throws; calls of libc return an error number, 0 for success.
/// </remarks>
internal interface ISystemCalls
{
    /// <summary>Opens a file.</summary>
    SafeFileHandle Open(string path, FileMode mode, FileAccess access, FileShare share);

    /// <summary>Reads up to as many bytes as fit (pread); 0 only at the end of the file.</summary>
    int Read(SafeFileHandle file, Span<byte> destination, long offset);

    /// <summary>Writes all bytes (pwrite).</summary>
    void Write(SafeFileHandle file, ReadOnlySpan<byte> source, long offset);

    /// <summary>Truncates or extends a file (ftruncate).</summary>
    void SetLength(SafeFileHandle file, long lengthBytes);

    /// <summary>Reserves space (posix_fallocate).</summary>
    int Reserve(SafeFileHandle file, long offset, long lengthBytes);

    /// <summary>Syncs the data of a file (fdatasync).</summary>
    int SyncData(SafeFileHandle file);

    /// <summary>Locks a file (flock).</summary>
    int Lock(SafeFileHandle file, int operation);

    /// <summary>Renames a file and replaces any file of the new name (rename).</summary>
    void Rename(string path, string newPath);

    /// <summary>Deletes a file if it exists (unlink).</summary>
    void Delete(string path);

    /// <summary>Creates a directory (mkdir).</summary>
    void CreateDirectory(string directory);

    /// <summary>Opens a directory (open).</summary>
    int OpenDirectory(string directory, int flags, out int descriptor);

    /// <summary>Syncs what a descriptor leads to (fsync).</summary>
    int Sync(int descriptor);

    /// <summary>Closes a descriptor (close).</summary>
    void Close(int descriptor);
}
