using System.Net.Http.Headers;
using Mempulse.Api.Serving;
using Mempulse.Api.Tests.Stubs;
using Mempulse.Net.Playback;
using Mempulse.Node;
using Mempulse.Node.Lanes;
using Mempulse.Node.Options;
using Mempulse.Testing.Waiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Mempulse.Api.Tests.Serving;

/// <summary>A whole node with settings of its own for the API, on a free port, that has logged the shipped capture.</summary>
internal sealed class BoundedNode : IAsyncDisposable
{
    private readonly string _directory;
    private readonly WebApplication _app;

    private BoundedNode(string directory, WebApplication app)
    {
        _directory = directory;
        _app = app;
        Client = new HttpClient(PatientHandler.Shared, disposeHandler: false) { BaseAddress = new Uri(app.Urls.First()) };
    }

    public HttpClient Client { get; }

    public IReadOnlyList<RouteEndpoint> Endpoints => [.. _app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    public ByteBudget Responses => _app.Services.GetRequiredService<RequestShares>().Of(Request("GET", "/events")).Responses;

    public static Task<BoundedNode> StartAsync(params (string Key, string Value)[] settings) => StartAsync(null, settings);

    /// <summary>Starts a node that needs a key; its client sends none.</summary>
    public static async Task<BoundedNode> StartAsync(string? apiKey, (string Key, string Value)[] settings)
    {
        string directory = Directory.CreateTempSubdirectory("mempulse-").FullName;
        var options = new NodeOptions { Urls = ["http://127.0.0.1:0"], Directory = directory };
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        foreach (var (key, value) in settings)
        {
            builder.Configuration[key] = value;
        }

        var app = NodeHost.Build(builder, options, CaptureInput.Of(CaptureInput.SamplePath, PlaybackPace.Maximal), directory);
        await app.StartAsync(TestContext.Current.CancellationToken);
        var node = new BoundedNode(directory, app);
        node.Client.DefaultRequestHeaders.Authorization = apiKey is null ? null : new AuthenticationHeaderValue("Bearer", apiKey);
        await Until.TrueAsync(async () => (await node.Client.GetStringAsync(new Uri("/events?after=5000&limit=1", UriKind.Relative))).Contains("\"seq\"", StringComparison.Ordinal), "5,000 events are logged", limitSeconds: 60);
        await Until.TrueAsync(node.IsReadyAsync, "the lane has reported", limitSeconds: 60);
        node.Client.DefaultRequestHeaders.Authorization = null;
        return node;
    }

    private async Task<bool> IsReadyAsync()
    {
        using var health = await Client.GetAsync(new Uri("/health", UriKind.Relative));
        return health.IsSuccessStatusCode;
    }

    public Task StopAsync() => _app.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private static Microsoft.AspNetCore.Http.HttpRequest Request(string method, string path)
    {
        var context = new Microsoft.AspNetCore.Http.DefaultHttpContext();
        context.Request.Method = method;
        context.Request.Path = path;
        return context.Request;
    }
}
