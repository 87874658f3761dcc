using System.Formats.Tar;
using ZstdSharp;

namespace Mempulse.Evm.Tests.Vectors;

/// <summary>Reads the vector archives under tests/vectors one file at a time.</summary>
internal static class VectorArchive
{
    private const string SolutionFile = "Mempulse.Orleans.sln";

    /// <summary>Yields the name and content of each regular file of an archive under "evm", in archive order.</summary>
    public static IEnumerable<KeyValuePair<string, byte[]>> Read(string archive) => Read("evm", archive);

    /// <summary>Yields the name and content of each regular file, in archive order.</summary>
    public static IEnumerable<KeyValuePair<string, byte[]>> Read(string folder, string archive) =>
        ReadFile(Path.Combine(FindCheckout(), "tests", "vectors", folder, archive));

    /// <summary>Yields the name and content of each regular file of the archive at <paramref name="path"/>, in archive order.</summary>
    public static IEnumerable<KeyValuePair<string, byte[]>> ReadFile(string path)
    {
        using var tar = new TarReader(new DecompressionStream(File.OpenRead(path), leaveOpen: false));
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile)
            {
                using var content = new MemoryStream();
                entry.DataStream?.CopyTo(content);
                yield return new(entry.Name, content.ToArray());
            }
        }
    }

    private static string FindCheckout()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, SolutionFile)))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"Cannot find the checkout: no folder above {AppContext.BaseDirectory} contains {SolutionFile}.");
    }
}
