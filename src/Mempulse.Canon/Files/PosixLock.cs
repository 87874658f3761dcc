using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Mempulse.Canon.Files;

/// <summary>An exclusive flock on a dedicated lock file; the kernel releases it when the process ends, however it ends.</summary>
internal sealed class PosixLock : IDisposable
{
    private readonly SafeFileHandle _handle;

    private PosixLock(string path) =>
        _handle = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);

    /// <summary>Takes the lock; returns null while another holder has it.</summary>
    public static PosixLock? TryTake(string path)
    {
        PosixLock? open = null;
        try
        {
            // .NET takes LOCK_SH for any share mode but None. This flock turns it into LOCK_EX and reports whether it could.
            open = new PosixLock(path);
            if (Libc.Flock(open._handle, Libc.LockExclusive | Libc.LockNonBlocking) != 0)
            {
                int error = Marshal.GetLastPInvokeError();
                return error == Libc.WouldBlock ? null : throw new IOException($"flock of {path} failed: {Marshal.GetPInvokeErrorMessage(error)}.");
            }

            var held = open;
            open = null;
            return held;
        }
        catch (IOException error) when (error.HResult == Libc.WouldBlock)
        {
            return null;
        }
        finally
        {
            open?.Dispose();
        }
    }

    public void Dispose() => _handle.Dispose();
}
