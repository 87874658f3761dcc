using System.Text.RegularExpressions;

namespace Mempulse.Architecture.Tests.Mutants;

/// <summary>A row of docs/guarantees.md: what it promises, the key of the promise, and the mutants it names.</summary>
internal sealed partial record GuaranteeRow(string Promise, string Area, string Key, IReadOnlyList<string> Mutants)
{
    /// <summary>The rows of all tables; a row without a third column has an empty key.</summary>
    public static IReadOnlyList<GuaranteeRow> Parse(string markdown) =>
    [
        .. markdown.Split('\n')
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| guarantee |", StringComparison.Ordinal))
            .Select(line => line.Trim().Trim('|').Split(" | ", StringSplitOptions.TrimEntries))
            .Select(cells => Of(cells[0], cells.Length > 2 ? cells[2] : string.Empty)),
    ];

    private static GuaranteeRow Of(string promise, string cell)
    {
        var key = Link().Match(cell);
        return new GuaranteeRow(promise, key.Groups[2].Value, key.Groups[1].Value, [.. Code().Matches(cell).Select(match => match.Groups[1].Value)]);
    }

    [GeneratedRegex(@"\[([a-z0-9-]+)\]\(\.\./tests/mutants/([a-z0-9-]+)\.json\)")]
    private static partial Regex Link();

    [GeneratedRegex("`([a-z0-9-]+)`")]
    private static partial Regex Code();
}
