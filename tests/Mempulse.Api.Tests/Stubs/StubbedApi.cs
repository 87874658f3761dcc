using System.Net;
using System.Text;
using System.Text.Json;
using Mempulse.Api.Chains;
using Mempulse.Api.Serving;
using Mempulse.Grains.Abstractions.Decoding;
using Mempulse.Grains.Abstractions.Mempool;
using Mempulse.Primitives;
using Mempulse.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mempulse.Api.Tests.Stubs;

/// <summary>The whole API over HTTP on a free port, on grains that answer what a test sets: every answer of a grain can be produced, and what became of it is seen as a client sees it.</summary>
/// <remarks>One for the tests of a class, which run one after the other; each calls <see cref="Begin"/> first.</remarks>
public sealed class StubbedApi : IAsyncLifetime
{
    internal static readonly DateTimeOffset Now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private readonly HttpClient _client = new(PatientHandler.Shared, disposeHandler: false);
    private WebApplication? _app;

    internal GrainAnswers Grains { get; } = new();

    internal LogEntries Log { get; } = new();

    internal Uri Address => _client.BaseAddress!;

    internal IServiceProvider Services => _app!.Services;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(Log);
        builder.AddServiceDefaults();
        builder.Services.AddSingleton(Grains.Factory).AddSingleton<TimeProvider>(new FixedTime(Now)).AddBoundedServing().AddMempulseApi(static _ => { });
        _app = builder.Build();
        _app.UseBoundedServing();
        _app.MapDefaultEndpoints();
        _app.MapMempulseApi();
        await _app.StartAsync();
        _client.BaseAddress = new Uri(_app.Urls.First());
    }

    /// <summary>Forgets what another test has set. Chain 1 is served, without lanes.</summary>
    internal StubbedApi Begin(Action<ApiOptions>? change = null)
    {
        Grains.Clear();
        Grains.Set<IMempoolGrain>(nameof(IMempoolGrain.GetRegistry), (object?)null);
        Grains.Set<IMempoolGrain>(nameof(IMempoolGrain.GetDriftingFunctions), Array.Empty<DriftingFunction>());
        Log.All.Clear();
        var options = _app!.Services.GetRequiredService<IOptions<ApiOptions>>().Value;
        (options.Chains, options.ChainsWithLanes, options.IsSynthetic) = ([new ChainId(1)], [], false);
        change?.Invoke(options);
        return this;
    }

    internal Task<(HttpStatusCode Status, JsonElement Body)> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative)));

    internal Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string path, string json) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = new StringContent(json, Encoding.UTF8, "application/json") });

    internal async Task<HttpResponseMessage> RespondAsync(string path) => await _client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        Log.Dispose();
    }

    internal async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
            using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            return (response.StatusCode, body.RootElement.Clone());
        }
    }
}
