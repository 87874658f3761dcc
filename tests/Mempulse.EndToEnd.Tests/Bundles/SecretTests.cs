using System.Text;
using Mempulse.Testing.Processes;
using Mempulse.EndToEnd.Tests.Traces;
using Mempulse.RelaySim.Faults;
using Mempulse.Testing.Waiting;

namespace Mempulse.EndToEnd.Tests.Bundles;

/// <summary>Keys that were planted, and the signed transaction before it is public, are nowhere they must not be.</summary>
public sealed class SecretTests
{
    private static readonly string[] s_answers = ["/events?limit=1000", "/status", "/health", "/metrics", "/opps"];

    [Fact]
    public async Task No_key_and_no_signed_transaction_is_in_logs_telemetry_events_metrics_answers_case_files_or_the_log_on_disk()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var world = await BundleWorld.StartAsync(stop);
        var relay = await world.AddRelayAsync("buildernet", stop);
        var refusing = await world.AddRelayAsync("buildernet", stop, lands: false);
        refusing.Faults.Otherwise = RelayFault.Html;
        await using var sink = new TelemetrySink();
        byte[] pending = world.Chain.SignSwap(2_000);
        string everything;
        string printed;
        string bundle;
        await using (var node = await world.StartNodeAsync(stop, KeyValuePair.Create("Mempulse__Bundles__Sending", "Live"), KeyValuePair.Create("Logging__LogLevel__Mempulse", "Trace"),
            KeyValuePair.Create("Mempulse__Relays__1__Name", "second"), KeyValuePair.Create("OTEL_EXPORTER_OTLP_ENDPOINT", sink.Address.ToString()), KeyValuePair.Create("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            KeyValuePair.Create("OTEL_EXPORTER_OTLP_HEADERS", $"x-key={PlantedSecrets.CollectorKey}")))
        {
            await node.FollowingAsync(stop);
            await world.SwapAsync(stop);
            await node.WaitUntilAsync("/events?types=RelayAttempt", static page => page.GetProperty("events").GetArrayLength() >= 2, BundleNode.Limit, stop);
            await Until.TrueAsync(() => sink.Received.Any(static sent => sent.Path == "/v1/traces" && sent.Body.AsSpan().IndexOf("mempulse.relay"u8) > 0), "the trace arrived", limitSeconds: 60);
            var text = new StringBuilder();
            foreach (string path in s_answers)
            {
                text.AppendLine(await node.GetTextAsync(path, stop));
            }

            bundle = await BundleCase.FirstBundleAsync(node, stop);
            Assert.Equal(0, await node.StopAsync(stop));
            printed = node.Printed;
            everything = text.Append(printed).ToString().ToUpperInvariant();
        }

        byte[] own = relay.Pool.All[0].Bundle.Transactions[^1].Raw.ToArray();
        byte[][] secrets = [Convert.FromHexString(BundleWorld.Key), Convert.FromHexString(BundleWorld.RelayKey), own];
        foreach (byte[] secret in secrets)
        {
            Assert.DoesNotContain(Convert.ToHexString(secret), everything, StringComparison.Ordinal);
            foreach (string file in Directory.EnumerateFiles(world.DataPath, "*", SearchOption.AllDirectories))
            {
                byte[] content = await File.ReadAllBytesAsync(file, stop);
                Assert.True(content.AsSpan().IndexOf(secret) < 0, $"{file} has a secret");
                Assert.True(content.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(secret))) < 0, $"{file} has a secret in hex");
            }
        }

        var exported = await BundleCase.OfAsync(world, bundle, stop);
        var inCase = exported.Content; // the file is compressed
        Assert.NotEmpty(exported.Exported.GetProperty("withheld").EnumerateArray());
        ReadOnlyMemory<byte>[] parts = [.. inCase.Records.Select(static record => record.Bytes), .. inCase.Contents, inCase.Standing, .. inCase.Results.Select(static result => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(result.Text))];
        foreach (byte[] secret in secrets)
        {
            Assert.DoesNotContain(parts, part => part.Span.IndexOf(secret) >= 0 || part.Span.IndexOf(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(secret))) >= 0);
        }

        var logged = sink.Received.Where(static sent => sent.Path is "/v1/logs" or "/v1/traces").ToList();
        Assert.Contains(logged, static sent => sent.Path == "/v1/logs");
        foreach (byte[] secret in (byte[][])[.. secrets, pending, Encoding.ASCII.GetBytes(PlantedSecrets.CollectorKey)])
        {
            string hex = Convert.ToHexStringLower(secret);
            Assert.DoesNotContain(hex, printed, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(logged, sent => sent.Body.AsSpan().IndexOf(secret) >= 0 || sent.Body.AsSpan().IndexOf(Encoding.ASCII.GetBytes(hex)) >= 0);
        }

        Assert.NotEmpty(Directory.EnumerateFiles(world.DataPath, "*.mpv", SearchOption.AllDirectories)); // the store has the bundle, compressed and by its hash
    }
}
