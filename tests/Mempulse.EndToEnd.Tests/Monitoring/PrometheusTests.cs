using System.Text.Json;
using Mempulse.Testing.Processes;
using Mempulse.Testing.Anvil;

namespace Mempulse.EndToEnd.Tests.Monitoring;

/// <summary>Debian's Prometheus and Alertmanager with the shipped rules and samples, beside a real node.</summary>
public sealed class PrometheusTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_node_is_scraped_its_rules_are_evaluated_and_an_alert_fires_when_it_is_killed()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var node = await NodeProcess.StartAsync(stop, "--data", Path.Combine(_folder.Path, "data"));
        var manager = Free();
        await using var alertmanager = ToolProcess.Start(
            "prometheus-alertmanager",
            manager,
            $"--config.file={Path.Combine(RuleFile.Directory, "alertmanager.yml")}",
            $"--storage.path={Path.Combine(_folder.Path, "alertmanager")}",
            $"--web.listen-address={manager.Authority}",
            "--cluster.listen-address=");
        var address = Free();
        await using var prometheus = ToolProcess.Start(
            "prometheus",
            address,
            $"--config.file={Configure(node.Address, manager)}",
            $"--storage.tsdb.path={Path.Combine(_folder.Path, "tsdb")}",
            $"--web.listen-address={address.Authority}");

        await prometheus.WaitUntilAsync("/api/v1/targets", static answer => Data(answer, "activeTargets").All(static target => target.GetProperty("health").GetString() == "up"), stop);
        var rules = await prometheus.WaitUntilAsync("/api/v1/rules", static answer => Rules(answer).All(static rule => rule.GetProperty("health").GetString() == "ok"), stop);
        Assert.Equal(RuleFile.Alerts.Count + RuleFile.Recorded.Count, Rules(rules).Count());
        await prometheus.WaitUntilAsync("/api/v1/query?query=count(mempulse_log_watermark%20%3E%200)", static answer => Data(answer, "result").Any(), stop);
        await prometheus.WaitUntilAsync("/api/v1/rules", static answer => Active(answer, "MempulseMetricsMissing") == 0, stop); // each metric of an absent() is there
        Assert.Equal(0, Active(await prometheus.WaitUntilAsync("/api/v1/rules", static _ => true, stop), "MempulseNodeDown"));

        await node.KillAsync();

        await prometheus.WaitUntilAsync("/api/v1/alerts", static answer => Data(answer, "alerts").Any(static alert => Name(alert) == "MempulseNodeDown" && alert.GetProperty("state").GetString() == "firing"), stop);
        await alertmanager.WaitUntilAsync("/api/v2/alerts", static answer => answer.EnumerateArray().Any(static alert => Name(alert) == "MempulseNodeDown"), stop);
    }

    private static Uri Free() => new($"http://127.0.0.1:{AnvilNode.FreePort()}");

    private static JsonElement.ArrayEnumerator Data(JsonElement answer, string part) => answer.GetProperty("data").GetProperty(part).EnumerateArray();

    private static IEnumerable<JsonElement> Rules(JsonElement answer) => Data(answer, "groups").SelectMany(static group => group.GetProperty("rules").EnumerateArray());

    private static int Active(JsonElement answer, string alert) => Rules(answer).Where(rule => rule.GetProperty("name").GetString() == alert).Sum(static rule => rule.GetProperty("alerts").GetArrayLength());

    private static string? Name(JsonElement alert) => alert.GetProperty("labels").GetProperty("alertname").GetString();

    /// <summary>The shipped sample with the addresses of this test, read every second.</summary>
    private string Configure(Uri node, Uri manager)
    {
        foreach (string file in Directory.EnumerateFiles(RuleFile.Directory, "*.rules.yml"))
        {
            File.Copy(file, Path.Combine(_folder.Path, Path.GetFileName(file)));
        }

        string sample = File.ReadAllText(Path.Combine(RuleFile.Directory, "prometheus.yml"));
        string target = Path.Combine(_folder.Path, "prometheus.yml");
        File.WriteAllText(target, sample.Replace("127.0.0.1:9093", manager.Authority, StringComparison.Ordinal).Replace("127.0.0.1:5100", node.Authority, StringComparison.Ordinal).Replace("15s", "1s", StringComparison.Ordinal));
        return target;
    }
}
