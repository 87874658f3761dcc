using System.Runtime.InteropServices;

namespace Mempulse.Canon.Files;

/// <summary>The POSIX calls that .NET has no API for; all take numbers, strings and safe handles, so no pointer outlives a call.</summary>
internal static partial class Libc
{
    public const int NoSpace = 28; // ENOSPC, the same number on Linux and macOS
    public const int QuotaExceeded = 122; // EDQUOT on Linux
    public const int WouldBlock = 11; // EWOULDBLOCK on Linux
    public const int NotSupported = 95; // EOPNOTSUPP on Linux
    public const int Interrupted = 4; // EINTR

    public const int OpenReadOnly = 0;
    public const int OpenDirectory = 0x10000; // O_DIRECTORY on Linux x64; arm64 has 0x4000
    public const int OpenDirectoryArm = 0x4000;
    public const int OpenCloseOnExec = 0x80000;

    public const int NoEntry = 2; // ENOENT
    public const int NotDirectory = 20; // ENOTDIR

    public const int CurrentDirectory = -100; // AT_FDCWD
    public const int EmptyPath = 0x1000; // AT_EMPTY_PATH
    public const uint StatxInode = 0x100; // STATX_INO

    public const int LockExclusive = 2;
    public const int LockNonBlocking = 4;

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Fdatasync(SafeHandle file);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Flock(SafeHandle file, int operation);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Statx(int directory, string path, int flags, uint mask, Span<byte> result);

    /// <summary>Returns an error number and does not set errno.</summary>
    [LibraryImport("libc", EntryPoint = "posix_fallocate")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Fallocate(SafeHandle file, long offset, long length);
}
