using System.Text.RegularExpressions;

namespace Mempulse.Architecture.Tests.Documents;

/// <summary>Links between our documents and to our files.</summary>
internal static partial class DocumentLinks
{
    /// <summary>Links of a document that lead to nothing: a file or folder that is not there, or a heading nobody wrote.</summary>
    /// <param name="path">The document, from the root.</param>
    /// <param name="text">Its content.</param>
    /// <param name="read">The text of a file, the empty string for a folder, null for what is not there.</param>
    public static IEnumerable<string> Broken(string path, string text, Func<string, string?> read)
    {
        foreach (Match match in Link().Matches(Code().Replace(text, string.Empty)))
        {
            string[] parts = match.Groups[1].Value.Split('#', 2);
            string target = parts[0].Length == 0 ? path : Normalise(Path.Combine(Path.GetDirectoryName(path) ?? string.Empty, parts[0]));
            string? content = target == path ? text : read(target);
            if (content is null)
            {
                yield return $"{path} links to {match.Groups[1].Value}, which is not there.";
            }
            else if (parts.Length == 2 && target.EndsWith(".md", StringComparison.Ordinal) && !Anchors(content).Contains(parts[1]))
            {
                yield return $"{path} links to {match.Groups[1].Value}, a heading that is not there.";
            }
        }
    }

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
