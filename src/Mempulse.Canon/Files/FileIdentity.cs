using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Mempulse.Canon.Files;

/// <summary>Identifies a file on this machine.</summary>
/// <param name="Device">The device, as major and minor number.</param>
/// <param name="Inode">The file's number on it.</param>
internal readonly record struct FileIdentity(ulong Device, ulong Inode)
{
    // struct statx of Linux, the same on every architecture.
    private const int StatxBytes = 256;
    private const int InodeAt = 32;
    private const int DeviceAt = 136;

    /// <summary>Returns the identity of the file at a path; null if the file does not exist.</summary>
    /// <exception cref="IOException">The path cannot be looked at.</exception>
    public static FileIdentity? Of(string path) => Read(Libc.CurrentDirectory, path, flags: 0);

    /// <summary>Returns the identity of an open file.</summary>
    public static FileIdentity? Of(SafeHandle file)
    {
        bool isHeld = false;
        try
        {
            file.DangerousAddRef(ref isHeld);
            return Read((int)file.DangerousGetHandle(), string.Empty, Libc.EmptyPath);
        }
        finally
        {
            if (isHeld)
            {
                file.DangerousRelease();
            }
        }
    }

    private static FileIdentity? Read(int descriptor, string path, int flags)
    {
        Span<byte> statx = stackalloc byte[StatxBytes]; // the size of the struct, which the kernel never exceeds
        if (Libc.Statx(descriptor, path, flags, Libc.StatxInode, statx) != 0)
        {
            int error = Marshal.GetLastPInvokeError();
            return error is Libc.NoEntry or Libc.NotDirectory
                ? null
                : throw new IOException($"statx of {path} failed: {Marshal.GetPInvokeErrorMessage(error)}.");
        }

        return new FileIdentity(BinaryPrimitives.ReadUInt64LittleEndian(statx[DeviceAt..]), BinaryPrimitives.ReadUInt64LittleEndian(statx[InodeAt..]));
    }
}
