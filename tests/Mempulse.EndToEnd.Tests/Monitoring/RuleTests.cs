using System.Text.RegularExpressions;
using Mempulse.Testing.Processes;

namespace Mempulse.EndToEnd.Tests.Monitoring;

/// <summary>The shipped rules and samples for Prometheus and Alertmanager are valid, tested, and about metrics that exist.</summary>
public sealed partial class RuleTests
{
    private static readonly string[] s_severities = ["page", "ticket"];

    [Fact]
    public async Task Every_alert_fires_and_does_not_fire_where_its_test_says_so()
    {
        Assert.Equal((0, string.Empty), Failure(await Tool.RunAsync(RuleFile.Directory, "promtool", "check", "config", "prometheus.yml")));
        Assert.Equal((0, string.Empty), Failure(await Tool.RunAsync(RuleFile.Directory, "promtool", "check", "rules", "recording.rules.yml", "alerts.rules.yml")));
        Assert.Equal((0, string.Empty), Failure(await Tool.RunAsync(RuleFile.Directory, "promtool", "test", "rules", "tests/alerts.test.yml")));
        Assert.Equal((0, string.Empty), Failure(await Tool.RunAsync(RuleFile.Directory, "amtool", "check-config", "alertmanager.yml")));
    }

    [Fact]
    public void Every_alert_compares_has_a_time_a_severity_and_a_page_and_is_tested_both_ways()
    {
        string[] names = [.. RuleFile.Alerts.Select(static alert => alert.Name).Distinct(StringComparer.Ordinal)];
        var (fire, silent) = RuleFile.Tested;

        Assert.Equal(File.ReadAllText(Path.Combine(RuleFile.Directory, "alerts.rules.yml")).Split("- alert: ").Length - 1, RuleFile.Alerts.Count); // the reader misses none
        Assert.All(RuleFile.Alerts, static alert => Assert.Matches(Comparison(), alert.Expression));
        Assert.All(RuleFile.Alerts, static alert => Assert.Contains(alert.Severity, s_severities));
        Assert.All(RuleFile.Alerts, static alert => Assert.True(File.Exists(Path.Combine(Checkout.Root, alert.Runbook)), $"{alert.Runbook} does not exist"));
        Assert.All(RuleFile.Alerts.Where(static alert => alert.Expression.StartsWith("absent(", StringComparison.Ordinal)), static alert => Assert.NotEqual("0s", alert.For));
        Assert.Empty(names.Except(fire));
        Assert.Empty(names.Except(silent));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(Checkout.Root, "docs", "runbooks")).Select(Path.GetFileName).Except(RuleFile.Alerts.Select(static alert => Path.GetFileName(alert.Runbook))));
    }

    [Fact]
    public void Every_metric_and_label_of_a_rule_is_exported()
    {
        var recorded = RuleFile.Recorded.Keys.ToHashSet(StringComparer.Ordinal);
        var expressions = RuleFile.Recorded.Values.Concat(RuleFile.Alerts.Select(static alert => alert.Expression));

        Assert.Empty(expressions.SelectMany(expression => ExportedMetrics.Problems(expression, recorded)));
        Assert.Equal(["mempulse_other is not exported"], ExportedMetrics.Problems("mempulse_other > 1", recorded));
        Assert.Equal(["mempulse_log_writable has no label lane"], ExportedMetrics.Problems("sum by (lane) (mempulse_log_writable{chain=\"1\"}) == 0", recorded));
        Assert.Equal(["a:b:c is not recorded"], ExportedMetrics.Problems("a:b:c > 1", recorded));
    }

    private static (int, string) Failure((int ExitCode, string Output) run) => (run.ExitCode, run.ExitCode == 0 ? string.Empty : run.Output);

    [GeneratedRegex("(==|>|<)")]
    private static partial Regex Comparison();
}
