using System.Text.Json;
using Mempulse.Net.Playback;
using Mempulse.Node;
using Mempulse.Node.Lanes;
using Mempulse.Node.Options;
using Mempulse.Testing.Waiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Mempulse.Api.Tests;

/// <summary>A whole node on a free port that has played the shipped capture; one for all tests that only read.</summary>
[CollectionDefinition(nameof(RunningNode))]
public sealed class RunningNode : IAsyncLifetime, ICollectionFixture<RunningNode>
{
    private readonly string _directory = Directory.CreateTempSubdirectory("mempulse-").FullName;
    private WebApplication? _app;

    public HttpClient Client { get; } = new();

    /// <summary>The routes of the node, from the table that answers requests.</summary>
    public IReadOnlyList<RouteEndpoint> Endpoints => [.. _app!.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    public async ValueTask InitializeAsync()
    {
        var options = new NodeOptions { Urls = ["http://127.0.0.1:0"], Directory = _directory };
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        _app = NodeHost.Build(builder, options, CaptureInput.Of(CaptureInput.SamplePath, PlaybackPace.Maximal), _directory);
        await _app.StartAsync();
        Client.BaseAddress = new Uri(_app.Urls.First());
        await Until.TrueAsync(IsSettledAsync, "the capture is played and folded", limitSeconds: 60);
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        using var document = JsonDocument.Parse(await Client.GetStringAsync(new Uri(path, UriKind.Relative)));
        return document.RootElement.Clone();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        Directory.Delete(_directory, recursive: true);
    }

    private async Task<bool> IsSettledAsync()
    {
        var status = await GetAsync("/status");
        var fold = status.GetProperty("fold");
        return status.GetProperty("lanes").EnumerateArray().Any()
            && status.GetProperty("lanes").EnumerateArray().All(lane => !lane.GetProperty("running").GetBoolean())
            && fold.GetProperty("derivedWaiting").GetInt64() == 0
            && fold.GetProperty("appliedSeq").GetUInt64() == status.GetProperty("log").GetProperty("watermark").GetUInt64();
    }
}
