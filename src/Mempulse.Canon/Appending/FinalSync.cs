using Mempulse.Canon.Files;

namespace Mempulse.Canon.Appending;

/// <summary>Syncs whose errors are final: after any failed sync, even for lack of room, what is on the device is unknown.</summary>
internal static class FinalSync
{
    public static void SyncFinally(this ILogFile file)
    {
        try
        {
            file.Sync();
        }
        catch (IOException error)
        {
            throw new SyncFailedException($"Cannot sync {file.Path}: what it holds on the device is unknown. Reopen the log.", error);
        }
    }

    public static void SyncDirectoryFinally(this ILogFileSystem files, string directory)
    {
        try
        {
            files.SyncDirectory(directory);
        }
        catch (IOException error) when (error is not PathUnreachableException) // not even opened, so nothing was synced or lost
        {
            throw new SyncFailedException($"Cannot sync {directory}: what it holds on the device is unknown. Reopen the log.", error);
        }
    }
}
