using System.Text.RegularExpressions;

namespace Mempulse.Architecture.Tests.Sources;

/// <summary>Where code belongs: folders and files are named after the domain, and the log messages of a type are in one file.</summary>
internal static partial class PlacementRules
{
    /// <summary>Files whose folder or name is a pattern's name.</summary>
    public static IEnumerable<string> PatternNames(IEnumerable<SourceFile> files) => files
        .Where(file => PatternFolder().IsMatch(file.Path) || PatternFile().IsMatch(file.Path))
        .Select(file => $"{file.Path} is named after a pattern: name the file after its subject.");

    /// <summary>Files that declare log messages and are not the log facet of a type.</summary>
    public static IEnumerable<string> LogMessagesElsewhere(IEnumerable<SourceFile> files) => files
        .Where(file => !file.Path.EndsWith(".Log.cs", StringComparison.Ordinal) && file.Lines.Any(line => LogMessage().IsMatch(line)))
        .Select(file => $"{file.Path} declares log messages: move them to a .Log.cs beside it.");

    [GeneratedRegex("/(Services|Helpers?|Utils?|Utilities|Managers?|Models|Common|Misc)/")]
    private static partial Regex PatternFolder();

    [GeneratedRegex(@"(Helpers?|Utils?|Manager|Processor|Info)\.cs$")]
    private static partial Regex PatternFile();

    [GeneratedRegex(@"^\s*\[LoggerMessage\(")]
    private static partial Regex LogMessage();
}
