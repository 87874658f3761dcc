namespace Mempulse.Grains.Logs;

/// <summary>Space of the volume that holds a directory, in bytes.</summary>
internal static class DiskSpace
{
    /// <summary>What is free for this process, and the whole size; zeros if the volume cannot be asked.</summary>
    public static (long FreeBytes, long SizeBytes) Of(string directory)
    {
        try
        {
            var volume = new DriveInfo(Path.GetFullPath(directory));
            return (volume.AvailableFreeSpace, volume.TotalSize);
        }
        catch (Exception unreachable) when (unreachable is IOException or UnauthorizedAccessException)
        {
            return (0, 0);
        }
    }
}
