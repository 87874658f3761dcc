using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Mempulse.Primitives;
using Mempulse.Testing.Anvil;

namespace Mempulse.Benchmarks.Node;

/// <summary>The node program in its own process, which follows an anvil; disposing of it ends the process.</summary>
internal sealed class ServedNode : IAsyncDisposable
{
    private const string Program = "Mempulse.Node.dll";

    /// <summary>Polls at the end of the log after which nothing more is expected.</summary>
    private const int MaxIdlePolls = 20;

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan _seenPause = TimeSpan.FromMilliseconds(100);

    private readonly Process _process;

    private ServedNode(Process process, Uri address)
    {
        _process = process;
        Client = new HttpClient { BaseAddress = address };
    }

    /// <summary>A client of its API.</summary>
    public HttpClient Client { get; }

    /// <summary>The id of the process.</summary>
    public int ProcessId => _process.Id;

    /// <summary>Resident memory of the process.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Processor time of the process since its start.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts it and waits until it answers.</summary>
    /// <param name="directory">Its data.</param>
    /// <param name="source">The WebSocket address of its source.</param>
    /// <param name="settings">Settings as environment variables.</param>
    public static Task<ServedNode> StartAsync(string directory, string source, IEnumerable<KeyValuePair<string, string>> settings) => StartAsync(directory, ["--rpc", source], settings);

    /// <summary>Starts it with any input and waits until it answers and the input is connected.</summary>
    public static async Task<ServedNode> StartAsync(string directory, IEnumerable<string> input, IEnumerable<KeyValuePair<string, string>> settings)
    {
        var node = Launch(directory, input, settings);
        await node.UntilAsync(static health => health.GetProperty("chains")[0].GetProperty("connectedSources").GetInt32() > 0).ConfigureAwait(false);
        return node;
    }

    /// <summary>Starts it on the log of an earlier run with a source that does not exist, and waits until it answers.</summary>
    public static async Task<ServedNode> StartIdleAsync(string directory)
    {
        var node = Launch(directory, ["--rpc", "ws://127.0.0.1:9"], []);
        await node.UntilAsync(static health => health.GetProperty("chains").GetArrayLength() > 0).ConfigureAwait(false);
        return node;
    }

    private static ServedNode Launch(string directory, IEnumerable<string> input, IEnumerable<KeyValuePair<string, string>> settings)
    {
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{AnvilNode.FreePort()}"));
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, Program), .. input, "--data", directory, "--urls", address.ToString()])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException("The node did not start.");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new ServedNode(process, address);
    }

    /// <summary>An answer of its API.</summary>
    public async Task<JsonElement> GetAsync(string path)
    {
        using var document = JsonDocument.Parse(await Client.GetStringAsync(new Uri(path, UriKind.Relative)).ConfigureAwait(false));
        return document.RootElement.Clone();
    }

    /// <summary>The hashes of the transactions that its log has seen, once nothing more arrives.</summary>
    public async Task<HashSet<string>> SeenAsync()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        ulong next = 0;
        for (int idlePolls = 0; idlePolls < MaxIdlePolls;)
        {
            var page = await GetAsync(string.Create(CultureInfo.InvariantCulture, $"/events?types=TxSeen&limit=1000&after={next}")).ConfigureAwait(false);
            foreach (var sighting in page.GetProperty("events").EnumerateArray())
            {
                seen.Add(sighting.GetProperty("tx").GetString()!);
            }

            next = page.GetProperty("next").GetUInt64();
            if (page.GetProperty("atEnd").GetBoolean())
            {
                idlePolls++;
                await Task.Delay(_seenPause).ConfigureAwait(false);
            }
        }

        return seen;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync().ConfigureAwait(false);
        }

        _process.Dispose();
        Client.Dispose();
    }

    private async Task UntilAsync(Func<JsonElement, bool> isReached)
    {
        while (!await IsReachedAsync(isReached).ConfigureAwait(false))
        {
            Invariant.That(!_process.HasExited, "bench", "the node runs");
            await Task.Delay(_pause).ConfigureAwait(false);
        }
    }

    private async Task<bool> IsReachedAsync(Func<JsonElement, bool> isReached)
    {
        try
        {
            using var answer = await Client.GetAsync(new Uri("/health", UriKind.Relative)).ConfigureAwait(false); // 503 while the source is not connected
            using var health = JsonDocument.Parse(await answer.Content.ReadAsStringAsync().ConfigureAwait(false));
            return isReached(health.RootElement);
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
