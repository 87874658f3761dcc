using System.Text.RegularExpressions;

namespace Mempulse.Architecture.Tests.Documents;

/// <summary>Links from our documents to each other and to our files.</summary>
internal static partial class DocumentLinks
{
    /// <summary>Broken links of a document: the file, folder or heading does not exist.</summary>
    /// <param name="path">The document, relative to the root.</param>
    /// <param name="text">Its content.</param>
    /// <param name="read">The text of a file, the empty string for a folder, null for a missing file.</param>
    public static IEnumerable<string> Broken(string path, string text, Func<string, string?> read)
    {
        foreach (var (link, target, heading) in Targets(path, text))
        {
            string? content = target == path ? text : read(target);
            if (content is null)
            {
                yield return $"{path} links to {link}, which does not exist.";
            }
            else if (heading is not null && IsMarkdown(target) && !Anchors(content).Contains(heading))
            {
                yield return $"{path} links to {link}, but there is no such heading.";
            }
        }
    }

    /// <summary>Files and folders that a reader reaches from a document by following at most <paramref name="clicks"/> links.</summary>
    /// <param name="path">The document to start from, relative to the root.</param>
    /// <param name="clicks">Maximum number of links to follow.</param>
    /// <param name="read">The text of a file, the empty string for a folder, null for a missing file.</param>
    public static IReadOnlySet<string> Reachable(string path, int clicks, Func<string, string?> read)
    {
        HashSet<string> reached = [path];
        List<string> last = [path];
        for (int click = 0; click < clicks; click++)
        {
            last = [.. last.Where(IsMarkdown).SelectMany(document => Targets(document, read(document) ?? string.Empty)).Select(target => target.Path).Where(reached.Add)];
        }

        return reached;
    }

    private static IEnumerable<(string Link, string Path, string? Heading)> Targets(string path, string text)
    {
        foreach (Match match in Link().Matches(Code().Replace(text, string.Empty)))
        {
            string link = match.Groups[1].Value;
            string[] parts = link.Split('#', 2);
            string target = parts[0].Length == 0 ? path : Normalise(Path.Combine(Path.GetDirectoryName(path) ?? string.Empty, parts[0]));
            yield return (link, target, parts.Length == 2 ? parts[1] : null);
        }
    }

    private static bool IsMarkdown(string path) => path.EndsWith(".md", StringComparison.Ordinal);

    private static HashSet<string> Anchors(string markdown) =>
        [.. Heading().Matches(markdown).Select(match => NotInAnchor().Replace(match.Groups[1].Value.Trim().ToLowerInvariant(), string.Empty).Replace(' ', '-'))];

    private static string Normalise(string path) => Path.GetRelativePath(Repository.Root, Path.GetFullPath(path, Repository.Root)).Replace('\\', '/');

    [GeneratedRegex(@"\]\((?!\w+:)([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^```.*?^```|`[^`\n]*`(?!\])", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"^#+ (.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchor();
}
