using System.Globalization;
using System.Text.RegularExpressions;

namespace Mempulse.Dashboard.Alerting;

/// <summary>The part of a rule that one process can tell from its meters at one moment: comparisons of a metric, or of the ratio of two, joined by "and".</summary>
/// <remarks>Rates, rises, forecasts and recorded series need a past: only Prometheus evaluates those.</remarks>
internal sealed partial class RuleCondition
{
    private readonly IReadOnlyList<Match> _comparisons;

    private RuleCondition(IReadOnlyList<Match> comparisons) => _comparisons = comparisons;

    /// <summary>The condition of an expression; null if it needs more than the metrics of one moment.</summary>
    public static RuleCondition? Of(string expression)
    {
        Match[] comparisons = [.. expression.Split(" and ").Select(static part => Comparison().Match(part))];
        return comparisons.All(static comparison => comparison.Success) ? new RuleCondition(comparisons) : null;
    }

    /// <summary>The values for which the condition holds; null if a metric is not exported by this process.</summary>
    public IReadOnlyList<MeterSample>? Evaluate(IReadOnlyList<MeterSample> samples)
    {
        List<MeterSample>? held = null;
        foreach (var comparison in _comparisons)
        {
            if (Operand(comparison, samples) is not { } values)
            {
                return null;
            }

            double limit = double.Parse(comparison.Groups["limit"].Value, CultureInfo.InvariantCulture);
            var those = values.Where(sample => Holds(sample.Value, comparison.Groups["operator"].Value, limit));
            held = held is null ? [.. those] : [.. held.Where(sample => those.Any(other => other.Key == sample.Key))];
        }

        return held;
    }

    private static IReadOnlyList<MeterSample>? Operand(Match comparison, IReadOnlyList<MeterSample> samples)
    {
        var above = Select(comparison, "metric", "labels", samples);
        if (above.Count == 0 || !comparison.Groups["below"].Success)
        {
            return above.Count == 0 && samples.All(sample => sample.Name != comparison.Groups["metric"].Value) ? null : above;
        }

        var below = Select(comparison, "below", "labelsBelow", samples).Where(static sample => sample.Value > 0).ToDictionary(static sample => sample.Key, StringComparer.Ordinal);
        return [.. above.Where(sample => below.ContainsKey(sample.Key)).Select(sample => sample with { Value = sample.Value / below[sample.Key].Value })];
    }

    private static IReadOnlyList<MeterSample> Select(Match comparison, string metric, string labels, IReadOnlyList<MeterSample> samples) =>
    [
        .. samples.Where(sample => sample.Name == comparison.Groups[metric].Value
            && Matcher().Matches(comparison.Groups[labels].Value).All(matcher => Fits(sample.Labels.GetValueOrDefault(matcher.Groups["name"].Value) ?? string.Empty, matcher))),
    ];

    /// <summary>True if a label's value fits a matcher; regular expressions are anchored at both ends, as in Prometheus.</summary>
    private static bool Fits(string value, Match matcher) => matcher.Groups["value"].Value is var wanted && matcher.Groups["operator"].Value switch
    {
        "=" => value == wanted,
        "!=" => value != wanted,
        var expression => Regex.IsMatch(value, $"^(?:{wanted})$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant) == (expression == "=~"),
    };

    private static bool Holds(double value, string comparison, double limit) => comparison switch
    {
        ">" => value > limit,
        ">=" => value >= limit,
        "<" => value < limit,
        "<=" => value <= limit,
        "==" => value == limit,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    [GeneratedRegex(@"^(?<metric>[a-z_]+)(\{(?<labels>[^}]*)\})?( / \((?<below>[a-z_]+)(\{(?<labelsBelow>[^}]*)\})? > 0\))? (?<operator>[<>]=?|==) (?<limit>[0-9.]+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Comparison();

    [GeneratedRegex(@"(?<name>[a-z_]+)(?<operator>=~|!~|!=|=)""(?<value>[^""]*)""", RegexOptions.CultureInvariant)]
    private static partial Regex Matcher();
}
