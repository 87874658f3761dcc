namespace Mempulse.Cli.Logs;

/// <summary>Finds the log that a path refers to: a node keeps the log of each chain below its data directory.</summary>
internal static class LogPlace
{
    private const string Segments = "*.wal";

    /// <summary>The path itself, or the only log directly below it.</summary>
    /// <exception cref="UsageException">There are several.</exception>
    public static string Find(string path)
    {
        if (!Directory.Exists(path) || IsLog(path))
        {
            return path;
        }

        string[] below = [.. Directory.EnumerateDirectories(path).Where(IsLog).Order(StringComparer.Ordinal)];
        return below.Length switch
        {
            0 => path, // reading it says that there is no log
            1 => below[0],
            _ => throw new UsageException($"'{path}' has {below.Length} logs: give one of {string.Join(", ", below)}."),
        };
    }

    private static bool IsLog(string directory) => Directory.EnumerateFiles(directory, Segments).Any();
}
