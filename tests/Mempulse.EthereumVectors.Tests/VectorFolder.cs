using System.Formats.Tar;
using ZstdSharp;

namespace Mempulse.EthereumVectors.Tests;

/// <summary>Locates the vector files and reads the packed ones.</summary>
internal static class VectorFolder
{
    public const string Tar = ".tar.zst";
    private const string SolutionFile = "Mempulse.Orleans.sln";

    /// <summary>tests/vectors of the checkout that this test was built from.</summary>
    public static string Root { get; } = Path.Combine(FindCheckout(), "tests", "vectors");

    /// <summary>The lines of a .jsonl.zst file.</summary>
    public static IEnumerable<string> ReadLines(string path)
    {
        VectorLedger.MarkRead(path);
        using var reader = new StreamReader(Open(path));
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    /// <summary>The requested files of a .tar.zst, in archive order; they count as read.</summary>
    public static IEnumerable<VectorFile> Read(string archive, Func<string, bool> isWanted)
    {
        using var tar = new TarReader(Open(archive));
        while (NextFile(tar) is { } entry)
        {
            string name = NameOf(entry);
            if (!isWanted(name))
            {
                continue;
            }

            VectorLedger.MarkRead(VectorLedger.NameOf(archive, name));
            using var content = new MemoryStream();
            entry.DataStream?.CopyTo(content);
            yield return new VectorFile(name, content.ToArray());
        }
    }

    /// <summary>The names of all files in a .tar.zst; they do not count as read.</summary>
    public static IEnumerable<string> List(string archive)
    {
        using var tar = new TarReader(Open(archive));
        while (NextFile(tar) is { } entry)
        {
            yield return NameOf(entry);
        }
    }

    private static DecompressionStream Open(string path) => new(File.OpenRead(Path.Combine(Root, path)), leaveOpen: false);

    private static TarEntry? NextFile(TarReader tar)
    {
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile)
            {
                return entry;
            }
        }

        return null;
    }

    private static string NameOf(TarEntry entry) =>
        entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name;

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
