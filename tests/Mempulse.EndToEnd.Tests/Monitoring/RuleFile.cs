using System.Text.RegularExpressions;
using Mempulse.Testing.Processes;

namespace Mempulse.EndToEnd.Tests.Monitoring;

/// <summary>The rules for Prometheus, read line by line as they are written.</summary>
internal static partial class RuleFile
{
    public static string Directory => Path.Combine(Checkout.Root, "infra", "prometheus");

    public static IReadOnlyList<AlertRule> Alerts { get; } = [.. Alert().Matches(File.ReadAllText(Path.Combine(Directory, "alerts.rules.yml"))).Select(static rule => new AlertRule(
        rule.Groups["name"].Value, rule.Groups["expr"].Value.Trim().Trim('\''), rule.Groups["for"].Value, rule.Groups["severity"].Value, rule.Groups["runbook"].Value))];

    public static IReadOnlyDictionary<string, string> Recorded { get; } =
        Recording().Matches(File.ReadAllText(Path.Combine(Directory, "recording.rules.yml"))).ToDictionary(static rule => rule.Groups["name"].Value, static rule => rule.Groups["expr"].Value.Trim());

    /// <summary>The alerts that the tests of rules expect, in cases in which they fire and in those in which they do not.</summary>
    public static (IReadOnlySet<string> Fire, IReadOnlySet<string> Silent) Tested
    {
        get
        {
            var cases = Case().Matches(File.ReadAllText(Path.Combine(Directory, "tests", "alerts.test.yml")));
            IReadOnlySet<string> Of(bool fires) => cases.Where(tested => tested.Groups["none"].Value.Length == 0 == fires).Select(static tested => tested.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);
            return (Of(fires: true), Of(fires: false));
        }
    }

    [GeneratedRegex(@"- alert: (?<name>\w+)\n +expr: (?<expr>.+)\n +for: (?<for>\S+)\n +labels:\n +severity: (?<severity>\w+)\n(?:  +metric: .+\n)? +annotations:\n +summary: .+\n +runbook: (?<runbook>\S+)\n", RegexOptions.ExplicitCapture)]
    private static partial Regex Alert();

    [GeneratedRegex(@"- record: (?<name>\S+)\n +expr: (?<expr>.+)\n", RegexOptions.ExplicitCapture)]
    private static partial Regex Recording();

    [GeneratedRegex(@"alertname: (?<name>\w+)\n +exp_alerts:(?<none> \[\])?\n", RegexOptions.ExplicitCapture)]
    private static partial Regex Case();
}
