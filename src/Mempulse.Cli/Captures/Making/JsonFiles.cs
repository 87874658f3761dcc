using System.Formats.Tar;
using ZstdSharp;

namespace Mempulse.Cli.Captures.Making;

/// <summary>The .json files of a directory or of a .tar.zst.</summary>
internal static class JsonFiles
{
    /// <summary>Takes each file with its name. The content is valid during the call.</summary>
    /// <exception cref="UsageException">Neither is at the path.</exception>
    public static void Each(string path, Action<string, Stream> take, CancellationToken cancellationToken)
    {
        if (Directory.Exists(path))
        {
            foreach (string file in Directory.EnumerateFiles(path, "*.json", SearchOption.AllDirectories))
            {
                cancellationToken.ThrowIfCancellationRequested();
                using var stream = File.OpenRead(file);
                take(file, stream);
            }
        }
        else if (File.Exists(path))
        {
            EachOfArchive(path, take, cancellationToken);
        }
        else
        {
            throw new UsageException($"There are no blocks at '{path}': the file or directory does not exist.");
        }
    }

    private static void EachOfArchive(string path, Action<string, Stream> take, CancellationToken cancellationToken)
    {
        using var packed = File.OpenRead(path);
        using var unpacked = new DecompressionStream(packed);
        using var archive = new TarReader(unpacked);
        while (archive.GetNextEntry() is { } entry)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (entry.DataStream is { } content && entry.Name.EndsWith(".json", StringComparison.Ordinal))
            {
                take(entry.Name, content);
            }
        }
    }
}
