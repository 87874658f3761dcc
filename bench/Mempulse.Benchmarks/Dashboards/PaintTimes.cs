using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mempulse.Benchmarks.Dashboards;

/// <summary>Asks a Chromium on this machine when a page was first painted, by its DevTools protocol.</summary>
internal sealed class PaintTimes : IAsyncDisposable
{
    private const string Program = "/usr/bin/chromium-headless-shell";
    private const string Listening = "DevTools listening on ";

    private const string Measure =
        "new Promise(done => { const ask = () => { const paint = performance.getEntriesByName('first-contentful-paint')[0]; if (paint && document.readyState === 'complete') done([paint.startTime, document.querySelectorAll('*').length]); else setTimeout(ask, 50); }; ask(); })";

    private static readonly string[] _flags =
        ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--remote-debugging-port=0", "--window-size=1440,900"];

    private readonly Process _process;
    private readonly ClientWebSocket _socket = new();
    private readonly string _profile;
    private int _calls;

    private PaintTimes(Process process, string profile) => (_process, _profile) = (process, profile);

    /// <summary>Starts it; null if this machine has no Chromium.</summary>
    public static async Task<PaintTimes?> StartAsync()
    {
        if (!File.Exists(Program))
        {
            return null;
        }

        string profile = Directory.CreateTempSubdirectory("mempulse-chromium-").FullName;
        var process = Process.Start(new ProcessStartInfo(Program, [.. _flags, $"--user-data-dir={profile}", "about:blank"]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        string? line;
        while ((line = await process.StandardError.ReadLineAsync().ConfigureAwait(false)) is not null && !line.StartsWith(Listening, StringComparison.Ordinal))
        {
        }

        _ = process.StandardError.ReadToEndAsync();
        var times = new PaintTimes(process, profile);
        try
        {
            await times.ConnectAsync(new Uri(line![Listening.Length..]).Port).ConfigureAwait(false);
            return times;
        }
        catch
        {
            await times.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Milliseconds from the navigation until text was painted, and the number of elements of the page.</summary>
    public async Task<(double Milliseconds, int Elements)> OfAsync(Uri address)
    {
        await CallAsync("Page.navigate", new JsonObject { ["url"] = address.ToString() }).ConfigureAwait(false);
        var answer = await CallAsync("Runtime.evaluate", new JsonObject { ["expression"] = Measure, ["awaitPromise"] = true, ["returnByValue"] = true }).ConfigureAwait(false);
        var values = answer["result"]!["result"]!["value"]!.AsArray();
        return (values[0]!.GetValue<double>(), values[1]!.GetValue<int>());
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync().ConfigureAwait(false);
        _process.Dispose();
        Directory.Delete(_profile, recursive: true);
    }

    private async Task ConnectAsync(int port)
    {
        using var client = new HttpClient();
        using var pages = JsonDocument.Parse(await client.GetStringAsync(new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/json/list"))).ConfigureAwait(false));
        string page = pages.RootElement.EnumerateArray().First(static page => page.GetProperty("type").GetString() == "page").GetProperty("webSocketDebuggerUrl").GetString()!;
        await _socket.ConnectAsync(new Uri(page), CancellationToken.None).ConfigureAwait(false);
        await CallAsync("Page.enable", []).ConfigureAwait(false);
    }

    private async Task<JsonNode> CallAsync(string method, JsonObject parameters)
    {
        int id = ++_calls;
        string call = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters }.ToJsonString();
        await _socket.SendAsync(Encoding.UTF8.GetBytes(call).AsMemory(), WebSocketMessageType.Text, true, CancellationToken.None).ConfigureAwait(false);
        byte[] buffer = new byte[64 << 10];
        while (true)
        {
            using var text = new MemoryStream();
            WebSocketReceiveResult read;
            do
            {
                read = await _socket.ReceiveAsync(new ArraySegment<byte>(buffer), CancellationToken.None).ConfigureAwait(false);
                text.Write(buffer.AsSpan(0, read.Count));
            }
            while (!read.EndOfMessage);
            var answer = JsonNode.Parse(text.ToArray())!;
            if (answer["id"]?.GetValue<int>() == id)
            {
                return answer;
            }
        }
    }
}
