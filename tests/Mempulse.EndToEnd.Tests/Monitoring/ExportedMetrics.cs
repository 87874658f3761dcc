using System.Text.RegularExpressions;
using Mempulse.Testing.Processes;

namespace Mempulse.EndToEnd.Tests.Monitoring;

/// <summary>The series that a node exports to Prometheus, from docs/metrics.md, which a test compares with the code.</summary>
internal static partial class ExportedMetrics
{
    /// <summary>Labels that Prometheus or its histograms add.</summary>
    private static readonly string[] s_everywhere = ["job", "instance", "le"];

    /// <summary>The labels of each series, by its name.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Labels { get; } = Read();

    /// <summary>What is wrong with an expression: series that are not exported, or labels that they do not have.</summary>
    public static IEnumerable<string> Problems(string expression, IReadOnlySet<string> recorded)
    {
        string plain = Texts().Replace(expression, "\"\"");
        string[] used = [.. Words().Matches(plain).Select(static word => word.Value).Distinct(StringComparer.Ordinal)];
        var series = used.Where(static word => word.StartsWith("mempulse_", StringComparison.Ordinal)).ToList();
        var labels = series.SelectMany(static name => Labels.GetValueOrDefault(name, [])).Concat(s_everywhere).ToHashSet(StringComparer.Ordinal);
        foreach (string unknown in series.Where(static name => !Labels.ContainsKey(name)))
        {
            yield return $"{unknown} is not exported";
        }

        foreach (string unknown in Recorded().Matches(plain).Select(static rule => rule.Value).Where(rule => !recorded.Contains(rule)))
        {
            yield return $"{unknown} is not recorded";
        }

        if (series.Count > 0)
        {
            var asked = Matchers().Matches(plain).SelectMany(static match => match.Groups[1].Value.Split(',')).Select(static matcher => LabelName().Match(matcher).Value)
                .Concat(Groupings().Matches(plain).SelectMany(static match => match.Groups[1].Value.Split(',')).Select(static label => label.Trim()));
            foreach (string unknown in asked.Where(label => label.Length > 0 && !labels.Contains(label)))
            {
                yield return $"{string.Join(", ", series)} has no label {unknown}";
            }
        }
    }

    private static SortedDictionary<string, IReadOnlyList<string>> Read()
    {
        var all = new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (Match row in Row().Matches(File.ReadAllText(Path.Combine(Checkout.Root, "docs", "metrics.md"))))
        {
            string unit = row.Groups["unit"].Value switch
            {
                "s" => "_seconds",
                "bytes" => row.Groups["name"].Value.EndsWith("_bytes", StringComparison.Ordinal) ? string.Empty : "_bytes",
                _ => string.Empty,
            };
            string name = row.Groups["name"].Value + unit;
            string[] labels = row.Groups["labels"].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            string[] series = row.Groups["kind"].Value switch
            {
                "counter" => [name + "_total"],
                "histogram" => [name + "_bucket", name + "_sum", name + "_count"],
                _ => [name],
            };
            Array.ForEach(series, each => all.Add(each, labels));
        }

        return all;
    }

    [GeneratedRegex(@"^\| `(?<name>mempulse_[a-z0-9_]+)` \| (?<kind>counter|gauge|histogram)(, (?<unit>s|bytes))? \| (?<labels>[^|]*?) ?\|", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Row();

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Texts();

    [GeneratedRegex(@"(?<![:\w])[a-z][a-z0-9_]*(?![:\w])")]
    private static partial Regex Words();

    [GeneratedRegex(@"[a-z_]+:[a-z0-9_]+:[a-z0-9_]+")]
    private static partial Regex Recorded();

    [GeneratedRegex(@"\{([^}]*)\}")]
    private static partial Regex Matchers();

    [GeneratedRegex("[a-z_]+")]
    private static partial Regex LabelName();

    [GeneratedRegex(@"\bby \(([^)]*)\)")]
    private static partial Regex Groupings();
}
