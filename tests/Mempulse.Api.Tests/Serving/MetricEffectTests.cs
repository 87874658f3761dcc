using System.Globalization;
using System.Text.Json;
using Mempulse.Testing.Waiting;

namespace Mempulse.Api.Tests.Serving;

/// <summary>The metrics of docs/metrics.md, as Prometheus reads them, change by what has happened: after the shipped capture they have the figures of /status.</summary>
[Collection(nameof(Alone))]
public sealed class MetricEffectTests
{
    /// <summary>A metric with a label, and the figure of /status that it equals.</summary>
    private static readonly (string Metric, Func<JsonElement, double> Figure)[] _rows =
    [
        ("mempulse_log_watermark", status => Of(status, "log", "watermark")),
        ("mempulse_log_epoch", status => Of(status, "log", "epoch")),
        ("mempulse_log_writable", _ => 1),
        ("mempulse_log_damaged_places", _ => 0),
        ("mempulse_log_appended_events_total", status => Of(status, "log", "appendedEvents")),
        ("mempulse_log_durable_bytes_total", status => Of(status, "log", "durableBytes")),
        ("mempulse_fold_position", status => Of(status, "fold", "appliedSeq")),
        ("mempulse_fold_lag_events", _ => 0),
        ("mempulse_fold_divergences_total", _ => 0),
        ("mempulse_fold_abandoned_chains", _ => 0),
        ("mempulse_fold_txs{state=confirmed}", status => Of(status, "pool", "Confirmed")),
        ("mempulse_fold_txs{state=expired}", status => Of(status, "pool", "Expired")),
        ("mempulse_follower_events_total", status => Of(status, "follower", "events")),
        ("mempulse_ingest_queue_items{lane=playback}", _ => 0),
        ("mempulse_ingest_queue_capacity_items{lane=playback}", status => status.GetProperty("lanes")[0].GetProperty("queueCapacity").GetDouble()),
        ("mempulse_ingest_queue_peak_items{lane=playback}", status => status.GetProperty("lanes")[0].GetProperty("queuePeak").GetDouble()),
        ("mempulse_ingest_appended_records_total{lane=playback}", status => status.GetProperty("lanes")[0].GetProperty("appended").GetDouble()),
        ("mempulse_ingest_bodies_total{outcome=decoded}", status => status.GetProperty("lanes")[0].GetProperty("decoded").GetDouble()),
        ("mempulse_ingest_dropped_total{reason=DecodeFail}", status => status.GetProperty("lanes")[0].GetProperty("drops").GetProperty("DecodeFail").GetDouble()),
        ("mempulse_ingest_connected_sources{lane=playback}", _ => 0),
        ("mempulse_api_unsent_capacity_bytes", _ => 64 << 20),
        ("mempulse_api_refused_total{limit=requests}", _ => 0),
    ];

    [Fact]
    public async Task After_a_capture_the_metrics_have_the_figures_of_the_status()
    {
        await using var node = await BoundedNode.StartAsync();
        string[] wrong = ["nothing was compared"];

        await Until.TrueAsync(
            async () =>
            {
                using var status = JsonDocument.Parse(await node.Client.GetStringAsync(new Uri("/status", UriKind.Relative)));
                string metrics = await node.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
                bool isPlayed = status.RootElement.GetProperty("lanes").EnumerateArray().All(lane => !lane.GetProperty("running").GetBoolean()) && status.RootElement.GetProperty("fold").GetProperty("derivedWaiting").GetInt64() == 0;
                wrong = !isPlayed ? ["the capture is not played"] : [.. _rows.Select(row => (row.Metric, Is: ValueOf(metrics, row.Metric), Should: row.Figure(status.RootElement))).Where(row => row.Is != row.Should && !(row.Should == 0 && row.Is is null)).Select(row => $"{row.Metric} is {row.Is}, not {row.Should}")];
                return wrong.Length == 0;
            },
            "the metrics agree with the status",
            limitSeconds: 60).ContinueWith(done => Assert.True(done.IsCompletedSuccessfully, string.Join('\n', wrong)), TestContext.Current.CancellationToken, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private static double Of(JsonElement status, string part, string figure) => status.GetProperty(part).GetProperty(figure).GetDouble();

    /// <summary>The value of a metric with a label, in the text format of Prometheus; null when it is not exported.</summary>
    private static double? ValueOf(string metrics, string metric)
    {
        string name = metric.Split('{')[0];
        string label = metric.Contains('{', StringComparison.Ordinal) ? metric.Split('{')[1].TrimEnd('}').Replace("=", "=\"", StringComparison.Ordinal) + "\"" : string.Empty;
        string? line = metrics.Split('\n').FirstOrDefault(line => (line.StartsWith(name + "{", StringComparison.Ordinal) || line.StartsWith(name + " ", StringComparison.Ordinal)) && line.Contains(label, StringComparison.Ordinal));
        return line is null ? null : double.Parse(line[(line.LastIndexOf('}') + 1)..].Trim().Split(' ')[0], CultureInfo.InvariantCulture);
    }
}
