namespace Mempulse.Node.Starting;

/// <summary>Finds a data directory that cannot be used before anything else is opened.</summary>
internal static class DirectoryCheck
{
    private const string Probe = ".write-check";
    private const string Segments = "*.wal";

    /// <summary>Checks the directory above those of the chains.</summary>
    /// <exception cref="IOException">It cannot be written, or it is itself a log.</exception>
    public static void ThrowIfUnusable(string directory)
    {
        ThrowIfUnwritable(directory);
        string path = Path.GetFullPath(directory);
        if (Directory.EnumerateFiles(path, Segments).Any())
        {
            throw new IOException($"Cannot use '{path}' as the data directory: it is the log of one chain. Give the directory above it, in which each log is named by its chain.");
        }
    }

    /// <summary>Creates a directory if it does not exist, and a file in it for a moment.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void ThrowIfUnwritable(string directory)
    {
        string path = Path.GetFullPath(directory);
        try
        {
            Directory.CreateDirectory(path);
            using var probe = new FileStream(Path.Combine(path, Probe), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"Cannot write to the data directory '{path}': {Reason(refused)} Choose another with --data.", refused);
        }
    }

    /// <summary>The system's reason: the exception that hosts it, if any, names the path in other words.</summary>
    private static string Reason(Exception refused) => refused is UnauthorizedAccessException { InnerException: { } inner } ? $"{inner.Message}." : refused.Message;
}
