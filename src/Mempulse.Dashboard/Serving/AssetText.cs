using System.Text.RegularExpressions;

namespace Mempulse.Dashboard.Serving;

/// <summary>Scripts and style sheets as browsers get them: without what only their authors need.</summary>
/// <remarks>It knows lines and texts in quotes, and no syntax. So no text in our scripts goes over several lines, and none is inside another of its kind.</remarks>
internal static partial class AssetText
{
    /// <summary>A style sheet without empty lines and lines that are comments.</summary>
    public static string Sheet(string text) => Lines(text.Split('\n').Where(static line => !Comment().IsMatch(line)));

    /// <summary>A script without comments, and without spaces at the start of lines and around signs.</summary>
    public static string Script(string text) => Lines(text.Split('\n').Select(static line => Spare().Replace(line, "$1$2")));

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines.Select(static line => line.Trim()).Where(static line => line.Length > 0)) + "\n";

    [GeneratedRegex(@"^\s*/\*[^*]*\*/\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Comment();

    /// <summary>A text in quotes, which stays; a sign with the spaces around it; or a comment.</summary>
    [GeneratedRegex("""("(?:[^"\\]|\\.)*"|'[^']*'|`[^`]*`)| *([=,;{}()?:<>&|*]+) *|//.*""", RegexOptions.CultureInvariant)]
    private static partial Regex Spare();
}
