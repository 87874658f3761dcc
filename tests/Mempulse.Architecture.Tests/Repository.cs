namespace Mempulse.Architecture.Tests;

/// <summary>The checkout these tests were built from.</summary>
internal static class Repository
{
    private static readonly string[] NotOurs = ["artifacts", ".tools", "node_modules", ".git", "bin", "obj", "data"];

    /// <summary>The directory that contains the solution.</summary>
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    /// <summary>The text of a file; its path is relative to the root.</summary>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>Our files with an extension, as paths from the root with forward slashes, in ordinal order.</summary>
    public static IReadOnlyList<string> Files(string extension) =>
        [.. Walk(Root).Where(path => path.EndsWith(extension, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Walk(string directory)
    {
        foreach (string file in Directory.EnumerateFiles(directory))
        {
            yield return Path.GetRelativePath(Root, file).Replace('\\', '/');
        }

        foreach (string child in Directory.EnumerateDirectories(directory).Where(child => !NotOurs.Contains(Path.GetFileName(child))))
        {
            foreach (string file in Walk(child))
            {
                yield return file;
            }
        }
    }

    private static string FindRoot(string start)
    {
        var directory = new DirectoryInfo(start);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Mempulse.Orleans.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName
            ?? throw new DirectoryNotFoundException($"Cannot find the checkout: no directory above {start} contains Mempulse.Orleans.sln.");
    }
}
