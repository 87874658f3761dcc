using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;

namespace Mempulse.Mutation;

/// <summary>A digest of all that the result of a test project depends on: its sources, those of every project it refers to, shared build files and test data.</summary>
/// <remarks>A verdict holds for as long as this digest is the same, so that a change in one project repeats no mutants of others.</remarks>
internal sealed class ProjectDigests
{
    // Their tests read the whole checkout, documents included.
    private static readonly string[] ReadAll = ["Mempulse.Architecture.Tests"];
    private readonly string root;
    private readonly SortedDictionary<string, string> contents;

    /// <summary>Reads the digests of a tree's files.</summary>
    /// <param name="root">The tree's root.</param>
    /// <param name="contents">The digest of each file's content by its path from the root.</param>
    public ProjectDigests(string root, IReadOnlyDictionary<string, string> contents)
    {
        this.root = root;
        this.contents = new SortedDictionary<string, string>(contents.ToDictionary(), StringComparer.Ordinal);
    }

    /// <summary>The digest of a test project.</summary>
    public string Of(string testProject)
    {
        var folders = new SortedSet<string>(StringComparer.Ordinal);
        AddWithReferences($"tests/{testProject}", folders);
        bool all = ReadAll.Contains(testProject);
        var relevant = contents.Where(file => all || IsShared(file.Key) || folders.Any(folder => file.Key == folder || file.Key.StartsWith(folder + "/", StringComparison.Ordinal)));
        byte[] text = Encoding.UTF8.GetBytes(string.Join('\n', relevant.Select(file => $"{file.Key} {file.Value}")));
        return Convert.ToHexStringLower(SHA256.HashData(text))[..16];
    }

    private static bool IsShared(string path) =>
        !path.Contains('/', StringComparison.Ordinal) ? Path.GetExtension(path) is ".props" or ".targets" or ".json"
        : path.StartsWith("tests/vectors/", StringComparison.Ordinal) || path.StartsWith("samples/", StringComparison.Ordinal);

    private void AddWithReferences(string folder, SortedSet<string> folders)
    {
        string full = Path.Combine(root, folder);
        if (!Directory.Exists(full) || !folders.Add(folder))
        {
            return;
        }

        var items = Directory.EnumerateFiles(full, "*.csproj").SelectMany(path => XElement.Load(path).Descendants()).ToList();
        foreach (string reference in Includes(items, "ProjectReference").Where(path => !path.Contains('*', StringComparison.Ordinal)))
        {
            AddWithReferences(Path.GetRelativePath(root, Path.GetFullPath(Path.Combine(full, Path.GetDirectoryName(reference)!))), folders);
        }

        foreach (string compiled in Includes(items, "Compile").Concat(Includes(items, "EmbeddedResource")).Where(path => path.StartsWith("../", StringComparison.Ordinal)))
        {
            // Sources of another project that are compiled here as well, and files that are in the assembly.
            folders.Add(Path.GetRelativePath(root, Path.GetFullPath(Path.Combine(full, compiled.Split('*')[0], "."))).TrimEnd('/'));
        }
    }

    private static IEnumerable<string> Includes(IEnumerable<XElement> items, string kind) =>
        items.Where(item => item.Name.LocalName == kind).Select(item => item.Attribute("Include")?.Value).OfType<string>();
}
