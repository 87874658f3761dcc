using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Mempulse.Canon.Files;

/// <summary>An exclusive flock on a dedicated lock file; the kernel releases it when the process ends, however it ends.</summary>
internal sealed class PosixLock : IDisposable
{
    private readonly SafeFileHandle _handle;

    private PosixLock(ISystemCalls calls, string path) =>
        _handle = calls.Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);

    /// <summary>Takes the lock; returns null while another holder has it.</summary>
    public static PosixLock? TryTake(ISystemCalls calls, string path)
    {
        PosixLock? open = null;
        try
        {
            // .NET takes LOCK_SH for any share mode but None. This flock turns it into LOCK_EX and reports whether it could.
            open = new PosixLock(calls, path);
            if (calls.Lock(open._handle, Libc.LockExclusive | Libc.LockNonBlocking) is var error and not 0)
            {
                return error == Libc.WouldBlock ? null : throw new IOException($"flock of {path} failed: {Marshal.GetPInvokeErrorMessage(error)}.");
            }

            var taken = open;
            open = null;
            return taken;
        }
        catch (IOException held) when (held.HResult == Libc.WouldBlock)
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
