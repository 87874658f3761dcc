using System.Text.Json;
using Mempulse.Canon;
using Mempulse.Net.Playback;
using Mempulse.Node;
using Mempulse.Node.Lanes;
using Mempulse.Node.Options;
using Mempulse.Primitives;
using Mempulse.Testing.Waiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Mempulse.Api.Tests;

/// <summary>Damage in an old segment, which opening does not read: the node runs, and says where the damage is.</summary>
public sealed class DamagedLogTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("mempulse-").FullName;
    private readonly LogEntries _log = new();
    private readonly HttpClient _client = new();
    private Uri? _address;

    [Fact]
    public async Task Damage_in_a_sealed_segment_is_logged_and_degrades_the_health_and_a_request_that_meets_it_says_so()
    {
        await using (var first = await StartAsync())
        {
            await Until.TrueAsync(async () => (await GetAsync("/status")).GetProperty("log").GetProperty("watermark").GetUInt64() > 1_000, "events are logged");
            await first.StopAsync(TestContext.Current.CancellationToken);
        }

        string segment = Directory.EnumerateFiles(Path.Combine(_data, "1"), "*.wal").Single();
        EventLog.Open(new EventLogOptions { Directory = Path.Combine(_data, "1"), Chain = new ChainId(1) }).Dispose(); // begins another segment
        byte[] bytes = await File.ReadAllBytesAsync(segment, TestContext.Current.CancellationToken);
        bytes[10_000] ^= 1;
        await File.WriteAllBytesAsync(segment, bytes, TestContext.Current.CancellationToken);
        await using var node = await StartAsync();

        await Until.TrueAsync(async () => Problem(await GetAsync("/health")) is { } problem && problem.Contains(segment, StringComparison.Ordinal), "the health names the damage");
        ulong before = (await GetAsync("/events?limit=1000")).GetProperty("next").GetUInt64();
        using var refused = await _client.GetAsync(new Uri(_address!, $"/events?after={before}"), TestContext.Current.CancellationToken);
        Assert.Equal(500, (int)refused.StatusCode);
        using var problem = JsonDocument.Parse(await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal((segment, before + 1), (problem.RootElement.GetProperty("file").GetString(), problem.RootElement.GetProperty("firstLost").GetUInt64()));
        ulong next = problem.RootElement.GetProperty("next").GetUInt64();
        var past = await GetAsync($"/events?after={next}");
        Assert.Equal(next + 1, past.GetProperty("events")[0].GetProperty("seq").GetUInt64());
        await Until.TrueAsync(async () => (await GetAsync($"/events?after={next}&types=DamageFound")).GetProperty("events").GetArrayLength() == 1, "the damage is on record");
        Assert.Contains(_log.All, entry => entry.Level == LogLevel.Error && entry.Category.EndsWith("LogHost", StringComparison.Ordinal) && entry.Text.Contains(segment, StringComparison.Ordinal));
        await node.StopAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        _client.Dispose();
        _log.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    private static string? Problem(JsonElement health) => health.GetProperty("status").GetString() == "degraded"
        ? health.GetProperty("chains")[0].GetProperty("problems")[0].GetString()
        : null;

    private async Task<WebApplication> StartAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders().AddProvider(_log);
        var options = new NodeOptions { Urls = ["http://127.0.0.1:0"] };
        var node = NodeHost.Build(builder, options, CaptureInput.Of(CaptureInput.SamplePath, PlaybackPace.Maximal), _data);
        await node.StartAsync(TestContext.Current.CancellationToken);
        _address = new Uri(node.Urls.First());
        return node;
    }

    private async Task<JsonElement> GetAsync(string path)
    {
        using var response = await _client.GetAsync(new Uri(_address!, path), TestContext.Current.CancellationToken); // /health is 503 until the lane has reported
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return document.RootElement.Clone();
    }
}
