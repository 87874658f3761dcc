using System.Text.Json;
using Mempulse.Net.Playback;
using Mempulse.Node;
using Mempulse.Node.Lanes;
using Mempulse.Node.Options;
using Mempulse.Testing.Waiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Mempulse.Dashboard.Tests.Browsers;

/// <summary>A node that has played the shipped captures, and a browser that looks at it; one of each for all tests.</summary>
[CollectionDefinition(nameof(ViewedNode))]
public sealed class ViewedNode : IAsyncLifetime, ICollectionFixture<ViewedNode>
{
    private static readonly string[] _flags =
        ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private readonly string _directory = Directory.CreateTempSubdirectory("mempulse-").FullName;
    private WebApplication? _app;
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private int _lanes;

    /// <summary>What the node plays.</summary>
    internal Func<NodeInput> Plan { get; init; } = static () => CaptureInput.Shipped(PlaybackPace.Maximal);

    /// <summary>Writes into the directory of the node before it starts; its log is in the folder of the chain.</summary>
    internal Func<string, Task> PrepareAsync { get; init; } = static _ => Task.CompletedTask;

    /// <summary>True if tests begin when all is played and folded; false if they watch it.</summary>
    internal bool IsSettledFirst { get; init; } = true;

    /// <summary>Sets options before the node is built.</summary>
    internal Action<IServiceCollection> Configure { get; init; } = static _ => { };

    public HttpClient Client { get; } = new();

    public string Address => _app!.Urls.First();

    public IServiceProvider Services => _app!.Services;

    /// <summary>The folder of pictures, which are kept after the tests.</summary>
    public static string Pictures { get; } = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "screenshots")).FullName;

    public async ValueTask InitializeAsync()
    {
        var options = new NodeOptions { Urls = ["http://127.0.0.1:0"], Directory = _directory };
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        await PrepareAsync(_directory);
        var plan = Plan();
        _lanes = plan.Lanes.Count;
        Configure(builder.Services);
        _app = NodeHost.Build(builder, options, plan, _directory);
        await _app.StartAsync();
        Client.BaseAddress = new Uri(Address);
        await Until.TrueAsync(IsSettledFirst ? IsSettledAsync : HasPoolAsync, "the captures are folded as far as the tests need", limitSeconds: 60);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = "/usr/bin/chromium-headless-shell", Args = _flags });
    }

    /// <summary>Opens a page and waits until its circuit is up.</summary>
    /// <param name="path">The address on the node.</param>
    /// <param name="theme">dark, light or contrast.</param>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    public async Task<OpenPage> OpenAsync(string path, string theme = "dark", int width = 1440, int height = 900)
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = height }, BaseURL = Address, Permissions = ["clipboard-read", "clipboard-write"] });
        await context.AddInitScriptAsync($"localStorage.setItem('theme', '{theme}')");
        var page = new OpenPage(context, await context.NewPageAsync());
        await page.GoAsync(path);
        return page;
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        using var document = JsonDocument.Parse(await Client.GetStringAsync(new Uri(path, UriKind.Relative)));
        return document.RootElement.Clone();
    }

    /// <summary>The transaction of the first event of a kind.</summary>
    public async Task<string> TransactionOfAsync(string kind) =>
        (await GetAsync($"/events?types={kind}&limit=1")).GetProperty("events")[0].GetProperty("tx").GetString()!;

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        Directory.Delete(_directory, recursive: true);
    }

    private async Task<bool> HasPoolAsync() => (await GetAsync("/mempool?limit=1")).GetProperty("transactions").GetArrayLength() > 0;

    private async Task<bool> IsSettledAsync()
    {
        var status = await GetAsync("/status");
        var fold = status.GetProperty("fold");
        return status.GetProperty("lanes").GetArrayLength() == _lanes
            && status.GetProperty("lanes").EnumerateArray().All(lane => !lane.GetProperty("running").GetBoolean())
            && fold.GetProperty("derivedWaiting").GetInt64() == 0
            && fold.GetProperty("appliedSeq").GetUInt64() == status.GetProperty("log").GetProperty("watermark").GetUInt64();
    }
}
