using System.Text.RegularExpressions;
using Mempulse.Architecture.Tests.Sources;

namespace Mempulse.Architecture.Tests.Invariants;

/// <summary>Compares the numbers that code cites with the rows of docs/invariants.md.</summary>
internal static partial class InvariantTable
{
    /// <summary>Numbers cited without a row, rows without a citation, and duplicate rows.</summary>
    public static IEnumerable<string> Differences(IEnumerable<SourceFile> shipped, string markdown)
    {
        string[] rows = [.. Row().Matches(markdown).Select(match => match.Groups[1].Value)];
        var cited = shipped
            .SelectMany(file => file.Lines.SelectMany(line => Number().Matches(line)).Select(match => (Number: match.Value, file.Path)))
            .DistinctBy(citation => citation.Number)
            .OrderBy(citation => citation.Number, StringComparer.Ordinal)
            .ToArray();
        return cited.Where(citation => !rows.Contains(citation.Number)).Select(citation => $"{citation.Number} is cited in {citation.Path} and has no row.")
            .Concat(rows.Where(row => !Array.Exists(cited, citation => citation.Number == row)).Select(row => $"{row} has a row and no check."))
            .Concat(rows.GroupBy(row => row).Where(group => group.Count() > 1).Select(group => $"{group.Key} has {group.Count()} rows."));
    }

    /// <summary>Rows whose last column names no existing test class or method.</summary>
    public static IEnumerable<string> UnknownTests(IEnumerable<SourceFile> tests, string markdown)
    {
        var words = tests.SelectMany(file => file.Lines).SelectMany(line => Name().Matches(line)).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);
        foreach (var row in RowWithTests().Matches(markdown).AsEnumerable())
        {
            var named = Code().Matches(row.Groups[2].Value).SelectMany(code => code.Groups[1].Value.Split('.')).ToArray();
            if (named.Length == 0)
            {
                yield return $"{row.Groups[1].Value} names no test.";
            }

            foreach (string name in named.Where(name => !words.Contains(name)))
            {
                yield return $"{row.Groups[1].Value} names {name}, which is in no test file.";
            }
        }
    }

    [GeneratedRegex(@"^\| (INV-\d+) \|.*\|([^|]*)\|\s*$", RegexOptions.Multiline)]
    private static partial Regex RowWithTests();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Name();

    [GeneratedRegex(@"INV-\d+")]
    private static partial Regex Number();

    [GeneratedRegex(@"^\| (INV-\d+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
