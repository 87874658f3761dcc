using Mempulse.Canon.Files;

namespace Mempulse.Canon.Appending;

/// <summary>Syncs whose errors are final, whatever they are: even "no room" at a sync leaves unknown what is on the device.</summary>
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
            throw new SyncFailedException($"The sync of {file.Path} failed.", error);
        }
    }

    public static void SyncDirectoryFinally(this ILogFileSystem files, string directory)
    {
        try
        {
            files.SyncDirectory(directory);
        }
        catch (IOException error)
        {
            throw new SyncFailedException($"The sync of {directory} failed.", error);
        }
    }
}
