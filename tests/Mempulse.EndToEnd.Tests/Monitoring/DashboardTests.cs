using System.Text;
using System.Text.Json;
using Mempulse.Testing.Processes;

namespace Mempulse.EndToEnd.Tests.Monitoring;

/// <summary>Every query of every dashboard is one that Prometheus parses, about metrics that are exported.</summary>
public sealed class DashboardTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Dashboards => [.. Directory.EnumerateFiles(Path.Combine(Checkout.Root, "infra", "grafana"), "*.json").Select(static file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Dashboards))]
    public async Task Every_query_parses_and_its_metrics_are_exported(string dashboard)
    {
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Checkout.Root, "infra", "grafana", dashboard), TestContext.Current.CancellationToken));
        var panels = json.RootElement.GetProperty("panels").EnumerateArray().ToList();
        string[] queries = [.. panels.SelectMany(static panel => panel.GetProperty("targets").EnumerateArray()).Select(static target => Plain(target.GetProperty("expr").GetString()!))];
        var recorded = RuleFile.Recorded.Keys.ToHashSet(StringComparer.Ordinal);

        Assert.InRange(panels.Count, 8, 20);
        Assert.Empty(queries.SelectMany(query => ExportedMetrics.Problems(query, recorded)));
        Assert.Equal(panels.Count, panels.Select(static panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
        Assert.All(panels, static panel => Assert.NotEmpty(panel.GetProperty("description").GetString()!));
        Assert.All(panels.SelectMany(static panel => RunbooksOf(panel.GetProperty("description").GetString()!)), static page => Assert.True(File.Exists(Path.Combine(Checkout.Root, "docs", "runbooks", page + ".md")), page));
        var rules = new StringBuilder("groups:\n  - name: queries\n    rules:\n");
        for (int i = 0; i < queries.Length; i++)
        {
            rules.Append("      - record: query").Append(i).Append("\n        expr: '").Append(queries[i]).Append("'\n");
        }

        string file = Path.Combine(_folder.Path, "queries.yml");
        await File.WriteAllTextAsync(file, rules.ToString(), TestContext.Current.CancellationToken);
        var (exitCode, output) = await Tool.RunAsync(_folder.Path, "promtool", "check", "rules", file);
        Assert.True(exitCode == 0, output);
    }

    /// <summary>A query with values in place of Grafana's variables.</summary>
    private static string Plain(string query) => query.Replace("$__rate_interval", "1m", StringComparison.Ordinal).Replace("$chain", "1", StringComparison.Ordinal);

    private static string[] RunbooksOf(string description)
    {
        int at = description.IndexOf("Runbook", StringComparison.Ordinal);
        return at < 0 ? [] : description[(description.IndexOf(':', at) + 1)..].Trim('.', ' ').Split(", ");
    }
}
