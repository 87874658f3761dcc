using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Mempulse.Canon.Files;

/// <summary>A file in the operating system's file system.</summary>
internal sealed class PosixFile : ILogFile
{
    private const int FillChunkBytes = 1 << 20;

    private readonly ISystemCalls _calls;
    private readonly SafeFileHandle _handle;

    public PosixFile(ISystemCalls calls, string path, FileMode mode, FileAccess access)
    {
        _calls = calls;
        Path = path;
        _handle = calls.Open(path, mode, access, FileShare.ReadWrite | FileShare.Delete);
    }

    public string Path { get; }

    public long LengthBytes => RandomAccess.GetLength(_handle);

    public bool IsAtPath => FileIdentity.Of(Path) is { } there && there == FileIdentity.Of(_handle);

    public int Read(Span<byte> destination, long offset)
    {
        int total = 0;
        while (total < destination.Length)
        {
            int read = _calls.Read(_handle, destination[total..], offset + total);
            if (read == 0)
            {
                break;
            }

            total += read;
        }

        return total;
    }

    public void Write(ReadOnlySpan<byte> source, long offset)
    {
        try
        {
            _calls.Write(_handle, source, offset);
        }
        catch (IOException error) when (error.HResult is Libc.NoSpace or Libc.QuotaExceeded)
        {
            throw new DiskFullException($"Cannot write {source.Length} bytes at offset {offset} of {Path}: the device is full.", error);
        }
    }

    public void Allocate(long lengthBytes)
    {
        long from = LengthBytes;
        if (lengthBytes <= from)
        {
            return;
        }

        int result;
        do
        {
            result = _calls.Reserve(_handle, from, lengthBytes - from);
        }
        while (result == Libc.Interrupted);
        if (result is Libc.NoSpace or Libc.QuotaExceeded)
        {
            throw new DiskFullException($"Cannot allocate {lengthBytes} bytes for {Path}: the device is full.");
        }

        if (result is not (0 or Libc.NotSupported))
        {
            throw new IOException($"posix_fallocate of {Path} failed: {Marshal.GetPInvokeErrorMessage(result)}.");
        }

        // Reserving is not enough: the first write into a reserved extent changes metadata, and fdatasync would have to wait for that.
        var zeros = new byte[(int)Math.Min(FillChunkBytes, lengthBytes - from)];
        for (long at = from; at < lengthBytes; at += zeros.Length)
        {
            Write(zeros.AsSpan(0, (int)Math.Min(zeros.Length, lengthBytes - at)), at);
        }
    }

    public void Truncate(long lengthBytes) => _calls.SetLength(_handle, lengthBytes);

    public void Sync()
    {
        // No retry, not even after EINTR: the kernel may have dropped the dirty pages, and a second call would return 0.
        if (_calls.SyncData(_handle) is var error and not 0)
        {
            throw new IOException($"fdatasync of {Path} failed: {Marshal.GetPInvokeErrorMessage(error)}.");
        }
    }

    public void Dispose() => _handle.Dispose();
}
