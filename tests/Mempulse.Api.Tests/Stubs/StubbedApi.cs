using System.Net;
using System.Text;
using System.Text.Json;
using Mempulse.Api.Chains;
using Mempulse.Api.Serving;
using Mempulse.Primitives;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mempulse.Api.Tests.Stubs;

/// <summary>The whole API over HTTP on a free port, on grains that answer what a test sets: every answer of a grain can be produced, and what became of it is seen as a client sees it.</summary>
internal sealed class StubbedApi : IAsyncDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private readonly WebApplication _app;
    private readonly HttpClient _client;

    private StubbedApi(WebApplication app, GrainAnswers grains, LogEntries log)
    {
        _app = app;
        Grains = grains;
        Log = log;
        _client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public GrainAnswers Grains { get; }

    public LogEntries Log { get; }

    public static Task<StubbedApi> StartAsync() => StartAsync(static api => api.Chains = [new ChainId(1)]);

    public static async Task<StubbedApi> StartAsync(Action<ApiOptions> options)
    {
        var grains = new GrainAnswers();
        var log = new LogEntries();
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(log);
        builder.Services.AddSingleton(grains.Factory).AddSingleton<TimeProvider>(new FixedTime(Now)).AddBoundedServing().AddMempulseApi(options);
        var app = builder.Build();
        app.UseBoundedServing();
        app.MapMempulseApi();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new StubbedApi(app, grains, log);
    }

    public Task<(HttpStatusCode Status, JsonElement Body)> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative)));

    public Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string path, string json) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = new StringContent(json, Encoding.UTF8, "application/json") });

    public async Task<HttpResponseMessage> RespondAsync(string path) => await _client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
        Log.Dispose();
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
            using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            return (response.StatusCode, body.RootElement.Clone());
        }
    }
}
