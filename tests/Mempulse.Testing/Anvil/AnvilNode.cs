using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mempulse.Testing.Anvil;

/// <summary>A real anvil in its own process, on a free loopback port; disposing of it ends the process.</summary>
public sealed class AnvilNode : IAsyncDisposable
{
    /// <summary>Environment variable with the path of the binary, if it is not in the checkout's .tools folder.</summary>
    public const string PathVariable = "MEMPULSE_ANVIL";

    private const string PathInTools = ".tools/node_modules/@foundry-rs/anvil-linux-amd64/bin/anvil";

    private const string ChainIdArgument = "--chain-id";

    private static readonly string[] s_mainnet = [ChainIdArgument, "1"];

    private readonly Process _process;
    private readonly HttpClient _client = new();
    private int _nextId;

    private AnvilNode(Process process, int port)
    {
        _process = process;
        Port = port;
    }

    /// <summary>The port it listens on.</summary>
    public int Port { get; }

    /// <summary>Its WebSocket address.</summary>
    public string WebSocketAddress => string.Create(CultureInfo.InvariantCulture, $"ws://127.0.0.1:{Port}");

    /// <summary>Its HTTP address.</summary>
    public string HttpAddress => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}");

    /// <summary>Starts a node that mines only on request, of chain 1 unless the arguments name another, and waits until it answers.</summary>
    /// <exception cref="FileNotFoundException">anvil is not installed; ./test.sh installs it.</exception>
    public static async Task<AnvilNode> StartAsync(CancellationToken cancellationToken, int? port = null, params string[] arguments)
    {
        const int attempts = 5;
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await StartAtAsync(port ?? FreePort(), arguments, cancellationToken);
            }
            catch (InvalidOperationException) when (port is null && attempt < attempts)
            {
                // Another process took the port before anvil did.
            }
        }
    }

    private static async Task<AnvilNode> StartAtAsync(int chosen, string[] arguments, CancellationToken cancellationToken)
    {
        string[] all = ["--host", "127.0.0.1", "--port", chosen.ToString(CultureInfo.InvariantCulture), "--no-mining", "--silent", .. arguments.Contains(ChainIdArgument) ? [] : s_mainnet, .. arguments];
        var process = Process.Start(new ProcessStartInfo(FindBinary(), all) { UseShellExecute = false })
            ?? throw new InvalidOperationException("anvil did not start.");
        var node = new AnvilNode(process, chosen);
        try
        {
            await node.WaitUntilUpAsync(cancellationToken);
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    /// <summary>Calls the node and returns the result.</summary>
    /// <exception cref="InvalidOperationException">The node answered with an error.</exception>
    public async Task<JsonElement> CallAsync(string method, CancellationToken cancellationToken, params JsonNode?[] parameters)
    {
        var request = new JsonObject
        {
            ["jsonrpc"] = "2.0",
            ["id"] = Interlocked.Increment(ref _nextId),
            ["method"] = method,
            ["params"] = new JsonArray(parameters),
        };
        using var response = await _client.PostAsJsonAsync(new Uri(HttpAddress), request, cancellationToken);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return answer.TryGetProperty("result", out var result)
            ? result
            : throw new InvalidOperationException($"{method}: {answer.GetProperty("error")}");
    }

    /// <summary>Makes many calls in one message and returns their results in order.</summary>
    public async Task<IReadOnlyList<JsonElement>> BatchAsync(IEnumerable<(string Method, JsonNode?[] Parameters)> calls, CancellationToken cancellationToken)
    {
        var requests = new JsonArray([.. calls.Select((call, index) => (JsonNode)new JsonObject
        {
            ["jsonrpc"] = "2.0",
            ["id"] = index,
            ["method"] = call.Method,
            ["params"] = new JsonArray(call.Parameters),
        })]);
        using var response = await _client.PostAsJsonAsync(new Uri(HttpAddress), requests, cancellationToken);
        var answers = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return [.. answers.EnumerateArray().OrderBy(answer => answer.GetProperty("id").GetInt32()).Select(answer =>
            answer.TryGetProperty("result", out var result) ? result : throw new InvalidOperationException(answer.ToString()))];
    }

    /// <summary>Kills the process, like kill -9.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _client.Dispose();
    }

    /// <summary>A free port on loopback.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string FindBinary()
    {
        if (Environment.GetEnvironmentVariable(PathVariable) is { Length: > 0 } named)
        {
            return File.Exists(named) ? named : throw new FileNotFoundException($"{PathVariable} is not the path of a file.", named);
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, PathInTools);
            if (File.Exists(path))
            {
                return path;
            }
        }

        throw new FileNotFoundException($"Cannot find anvil 1.7.1. Run ./test.sh once to install it, or set {PathVariable} to its path.");
    }

    private async Task WaitUntilUpAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        while (true)
        {
            limit.Token.ThrowIfCancellationRequested();
            if (_process.HasExited)
            {
                throw new InvalidOperationException($"anvil ended with exit code {_process.ExitCode}.");
            }

            try
            {
                await CallAsync("eth_chainId", limit.Token);
                if (!_process.HasExited)
                {
                    return; // otherwise the answer came from another process at this port
                }
            }
            catch (HttpRequestException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10), limit.Token);
            }
        }
    }
}
