using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Mempulse.Canon.Files;

/// <summary>The calls of .NET and libc.</summary>
internal sealed class SystemCalls : ISystemCalls
{
    /// <summary>The only instance.</summary>
    public static readonly SystemCalls Instance = new();

    public SafeFileHandle Open(string path, FileMode mode, FileAccess access, FileShare share) => File.OpenHandle(path, mode, access, share);

    public int Read(SafeFileHandle file, Span<byte> destination, long offset) => RandomAccess.Read(file, destination, offset);

    public void Write(SafeFileHandle file, ReadOnlySpan<byte> source, long offset) => RandomAccess.Write(file, source, offset);

    public void SetLength(SafeFileHandle file, long lengthBytes) => RandomAccess.SetLength(file, lengthBytes);

    public int Reserve(SafeFileHandle file, long offset, long lengthBytes) => Libc.Fallocate(file, offset, lengthBytes);

    public int SyncData(SafeFileHandle file) => ErrorOf(Libc.Fdatasync(file));

    public int Lock(SafeFileHandle file, int operation) => ErrorOf(Libc.Flock(file, operation));

    public void Rename(string path, string newPath) => File.Move(path, newPath, overwrite: true);

    public void Delete(string path) => File.Delete(path);

    public void CreateDirectory(string directory) => Directory.CreateDirectory(directory);

    public int OpenDirectory(string directory, int flags, out int descriptor)
    {
        descriptor = Libc.Open(directory, flags);
        return ErrorOf(descriptor);
    }

    public int Sync(int descriptor) => ErrorOf(Libc.Fsync(descriptor));

    public void Close(int descriptor) => _ = Libc.Close(descriptor);

    private static int ErrorOf(int result) => result < 0 ? Marshal.GetLastPInvokeError() : 0;
}
