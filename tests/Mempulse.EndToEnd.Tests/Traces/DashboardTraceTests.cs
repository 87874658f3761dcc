using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Mempulse.EndToEnd.Tests.Bundles;
using Mempulse.EndToEnd.Tests.Monitoring;
using Mempulse.Testing.Processes;
using Mempulse.RelaySim.Bundles;
using Mempulse.Testing.Anvil;
using Mempulse.Testing.Waiting;

namespace Mempulse.EndToEnd.Tests.Traces;

/// <summary>A bundle from a pending swap to its landing, as the genuine Aspire dashboard shows it: one trace, the same that the command exports from the log.</summary>
public sealed class DashboardTraceTests
{
    private const string Chain = "detect simulate build attempt outcome";

    [Fact]
    public async Task A_viewer_has_one_trace_from_the_first_sighting_to_the_outcome_also_after_a_restart_in_between()
    {
        var stop = TestContext.Current.CancellationToken;
        var (page, otlp) = (Free(), Free());
        await using var dashboard = ToolProcess.Start(Dashboard(page, otlp), page);
        await dashboard.WaitUntilAsync("/api/telemetry/resources", static _ => true, stop);
        await using var world = await BundleWorld.StartAsync(stop);
        var relay = await world.AddRelayAsync("buildernet", stop);
        KeyValuePair<string, string>[] settings = [KeyValuePair.Create("Mempulse__Bundles__Sending", "Live"), KeyValuePair.Create("OTEL_EXPORTER_OTLP_ENDPOINT", otlp.ToString()), KeyValuePair.Create("OTEL_METRICS_EXPORTER", "none")];
        await using (var node = await world.StartNodeAsync(stop, settings))
        {
            await node.FollowingAsync(stop);
            await world.SwapAsync(stop);
            await Until.TrueAsync(() => relay.Pool.All.Any(static bundle => bundle.Fate == BundleFate.Waiting), "the bundle arrived", limitSeconds: 60);
            await node.EventAsync("RelayAttempt", static _ => true, stop);
            await node.KillAsync();
        }

        await relay.LandAsync(stop);
        string opp;
        await using (var node = await world.StartNodeAsync(stop, settings))
        {
            await node.EventAsync("BundleOutcome", static outcome => outcome.GetProperty("verdict").GetString() == "Landed" && outcome.GetProperty("realisedKnown").GetBoolean(), stop);
            var built = (await node.GetAsync("/events?types=BundleBuilt&limit=1000", stop)).GetProperty("events").EnumerateArray().First();
            opp = built.GetProperty("payload").GetProperty("opportunities")[0].GetString()!;
            await dashboard.WaitUntilAsync("/api/telemetry/spans?limit=10000", answer => ChainOf(Spans(answer, opp)).StartsWith(Chain, StringComparison.Ordinal) && Spans(answer, opp).Any(static span => Attribute(span, "mempulse.realised") is not null), stop);
            Assert.Equal(0, await node.StopAsync(stop));
        }

        var shown = Spans(await dashboard.WaitUntilAsync("/api/telemetry/spans?limit=10000", static _ => true, stop), opp);
        var exported = await CommandLine.MempulseAsync(stop, "trace", "export", opp, "--data", world.DataPath, "--json");
        var again = await CommandLine.MempulseAsync(stop, "trace", "export", opp, "--data", world.DataPath, "--otlp", otlp.ToString());

        Assert.True(exported.ExitCode == 0, exported.Error);
        Assert.Equal(Shape(Spans(JsonDocument.Parse(exported.LastLine).RootElement, opp)).Where(line => Shape(shown).Contains(line)), Shape(shown)); // what it showed live is in the log, with the same ids and times
        Assert.Equal(3, again.ExitCode); // this port is for gRPC, and the sentence says so
        Assert.Contains("The trace was not sent", again.Error, StringComparison.Ordinal);
    }

    private static Uri Free() => new($"http://127.0.0.1:{AnvilNode.FreePort()}");

    private static ProcessStartInfo Dashboard(Uri page, Uri otlp)
    {
        string program = typeof(DashboardTraceTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static entry => entry.Key == "Dashboard").Value!;
        var start = new ProcessStartInfo(program) { WorkingDirectory = Path.GetDirectoryName(program)! };
        foreach (var (name, value) in new[]
        {
            ("ASPNETCORE_URLS", page.ToString()), ("ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", otlp.ToString()), ("ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS", "true"), ("ASPIRE_ALLOW_UNSECURED_TRANSPORT", "true"),
            ("DASHBOARD__API__ENABLED", "true"), ("DASHBOARD__API__AUTHMODE", "Unsecured"), ("DASHBOARD__OTLP__AUTHMODE", "Unsecured"),
        })
        {
            start.Environment[name] = value;
        }

        return start;
    }

    /// <summary>The spans of an opportunity's trace, by id.</summary>
    private static List<JsonElement> Spans(JsonElement answer, string opp) =>
    [
        .. (answer.TryGetProperty("data", out var data) ? data : answer).GetProperty("resourceSpans").EnumerateArray()
            .SelectMany(static resource => resource.GetProperty("scopeSpans").EnumerateArray())
            .SelectMany(static scope => scope.GetProperty("spans").EnumerateArray())
            .Where(span => span.GetProperty("traceId").GetString() == opp[2..34])
            .OrderBy(static span => span.GetProperty("spanId").GetString(), StringComparer.Ordinal),
    ];

    /// <summary>Each step once, in the order of the log; empty if a span's parent is missing.</summary>
    private static string ChainOf(List<JsonElement> spans) =>
        spans.Skip(1).All(span => spans.Exists(parent => parent.GetProperty("spanId").GetString() == span.GetProperty("parentSpanId").GetString()))
            ? string.Join(' ', spans.Select(static span => span.GetProperty("name").GetString()).Where(static name => Chain.Contains(name!, StringComparison.Ordinal)).Distinct())
            : string.Empty;

    private static List<string> Shape(List<JsonElement> spans) =>
        [.. spans.Select(static span => $"{span.GetProperty("spanId")} {span.GetProperty("name")} {span.GetProperty("startTimeUnixNano")} {span.GetProperty("endTimeUnixNano")}")];

    private static string? Attribute(JsonElement span, string key) =>
        span.TryGetProperty("attributes", out var attributes) && attributes.EnumerateArray().FirstOrDefault(attribute => attribute.GetProperty("key").GetString() == key) is { ValueKind: JsonValueKind.Object } found
            ? found.GetProperty("value").ToString()
            : null;
}
