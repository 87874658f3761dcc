using System.Diagnostics.Metrics;
using Mempulse.Dashboard.Alerting;
using Mempulse.Primitives;
using Microsoft.Extensions.DependencyInjection;

namespace Mempulse.Dashboard.Tests.Alerting;

/// <summary>The shipped rules, evaluated from the meters of one process.</summary>
public sealed class AlertWatchTests : IDisposable
{
    private const long Second = 1_000_000_000;

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly NodeMeters _meters;
    private readonly AlertWatch _watch;

    public AlertWatchTests()
    {
        _meters = new NodeMeters(Factory);
        _watch = new AlertWatch(_meters, TimeProvider.System);
    }

    private IMeterFactory Factory => _services.GetRequiredService<IMeterFactory>();

    [Fact]
    public void Every_shipped_rule_has_a_runbook_that_the_node_serves()
    {
        Assert.True(AlertRules.Shipped.Count > 10);
        Assert.All(AlertRules.Shipped, static rule => Assert.Contains(rule.Name, AlertRules.Runbook(rule.Runbook), StringComparison.Ordinal));
        Assert.Null(AlertRules.Runbook("../README"));
        Assert.Null(AlertRules.Runbook("none"));
    }

    [Fact]
    public void A_rule_is_pending_until_it_held_for_its_time_then_fires_and_is_resolved()
    {
        var full = Disk(free: 5, size: 100);

        _watch.Evaluate(full, At(0));
        var pending = Of("MempulseDiskNearlyFull").Standing;
        _watch.Evaluate(full, At(300));
        var firing = Of("MempulseDiskNearlyFull");
        _watch.Evaluate(Disk(free: 50, size: 100), At(310));

        Assert.Equal((RuleStanding.Pending, RuleStanding.Firing, RuleStanding.Quiet), (pending, firing.Standing, Of("MempulseDiskNearlyFull").Standing));
        Assert.Equal((At(0), "Chain 1: 5 % of the log's volume is free."), (firing.Since, firing.Sentence));
        Assert.Equal((firing.Rule, At(310)), (_watch.Resolved!.Alert.Rule, _watch.Resolved.EndedAt));
    }

    [Fact]
    public void A_pause_in_which_it_does_not_hold_begins_the_time_again()
    {
        _watch.Evaluate(Disk(free: 5, size: 100), At(0));
        _watch.Evaluate(Disk(free: 50, size: 100), At(200));
        _watch.Evaluate(Disk(free: 5, size: 100), At(250));
        _watch.Evaluate(Disk(free: 5, size: 100), At(400));

        Assert.Equal(RuleStanding.Pending, Of("MempulseDiskNearlyFull").Standing);
    }

    [Fact]
    public void Rules_over_a_past_and_metrics_of_other_processes_are_not_claimed()
    {
        _watch.Evaluate(Disk(free: 50, size: 100), At(0));

        Assert.Equal(RuleStanding.Elsewhere, Of("MempulseDropSpike").Standing);
        Assert.Equal(RuleStanding.Elsewhere, Of("MempulseDivergence").Standing);
        Assert.Equal(RuleStanding.Elsewhere, Of("MempulseNodeDown").Standing);
    }

    [Theory]
    [InlineData("playback")]
    [InlineData("playback-swaps")]
    public void A_label_that_the_rule_excludes_does_not_count(string excluded)
    {
        _watch.Evaluate([Sample("mempulse_ingest_silence_seconds", 90, ("chain", "1"), ("lane", excluded))], At(0));
        var recording = Of("MempulseSourceSilent").Standing;
        _watch.Evaluate([Sample("mempulse_ingest_silence_seconds", 90, ("chain", "1"), ("lane", "rpc"))], At(10));

        Assert.Equal((RuleStanding.Quiet, RuleStanding.Pending), (recording, Of("MempulseSourceSilent").Standing));
    }

    [Fact]
    public void The_meters_of_this_host_are_read_by_the_names_that_Prometheus_exports()
    {
        using var meter = Factory.Create("Mempulse.Log");
        using var other = new Meter("Mempulse.Log");
        meter.CreateObservableGauge("mempulse_log_disk_free", static () => new Measurement<long>(7, new KeyValuePair<string, object?>("chain", "1")), "By");
        meter.CreateObservableCounter("mempulse_fold_divergences", static () => 2L);
        other.CreateObservableGauge("mempulse_log_writable", static () => 0);
        var append = meter.CreateHistogram<double>("mempulse_log_append", "s");
        append.Record(0.25);

        var samples = _meters.Read();

        Assert.Equal(["mempulse_fold_divergences_total 2 ", "mempulse_log_disk_free_bytes 7 chain=1"], samples.Select(static sample => $"{sample.Name} {sample.Value} {sample.Key}").Order(StringComparer.Ordinal));
        Assert.Equal(TimeSpan.FromSeconds(0.25), _meters.AppendTime(99));
    }

    public void Dispose()
    {
        _watch.Dispose();
        _meters.Dispose();
        _services.Dispose();
    }

    private static UnixNanoseconds At(long seconds) => new((1_700_000_000 + seconds) * Second);

    private static MeterSample Sample(string name, double value, params (string Name, string Value)[] labels) => new(name, labels.ToDictionary(static label => label.Name, static label => label.Value), value);

    private static IReadOnlyList<MeterSample> Disk(double free, double size) => [Sample("mempulse_log_disk_free_bytes", free, ("chain", "1")), Sample("mempulse_log_disk_size_bytes", size, ("chain", "1"))];

    private RuleState Of(string rule) => _watch.States.Single(state => state.Rule.Name == rule);
}
