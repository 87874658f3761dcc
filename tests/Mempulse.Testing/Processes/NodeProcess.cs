using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Mempulse.Testing.Anvil;

namespace Mempulse.Testing.Processes;

/// <summary>The service in its own process, as a user starts it, on a free loopback port.</summary>
public sealed partial class NodeProcess : IAsyncDisposable
{
    private const int SignalTerminate = 15;
    private const int SignalContinue = 18;
    private const int SignalStop = 19;
    private const int ShownCharacters = 4_000;
    private const int MaxStarts = 3;
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly HttpClient _client;
    private readonly StringBuilder _printed = new();

    private NodeProcess(Process process, Uri address)
    {
        _process = process;
        Address = address;
        _client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The address of its API.</summary>
    public Uri Address { get; }

    /// <summary>Its output so far.</summary>
    public string Printed
    {
        get
        {
            lock (_printed)
            {
                return _printed.ToString();
            }
        }
    }

    /// <summary>Starts the service and waits until its API answers.</summary>
    public static Task<NodeProcess> StartAsync(CancellationToken cancellationToken, params string[] arguments) => StartAsync([], cancellationToken, arguments);

    /// <summary>Starts the service with settings in its environment and waits until its API answers.</summary>
    public static async Task<NodeProcess> StartAsync(
        IEnumerable<KeyValuePair<string, string>> settings, CancellationToken cancellationToken, params string[] arguments)
    {
        for (int left = MaxStarts; ; left--)
        {
            try
            {
                return await StartOnceAsync(settings, arguments, cancellationToken);
            }
            catch (TimeoutException failure) when (left > 1 && failure.Message.Contains("address already in use", StringComparison.Ordinal))
            {
                // Another process took the port after it was found free.
            }
        }
    }

    /// <summary>Returns the answer of a GET, which must succeed.</summary>
    public async Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await _client.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
        string body = await response.Content.ReadAsStringAsync(cancellationToken);
        return response.IsSuccessStatusCode
            ? JsonDocument.Parse(body).RootElement.Clone()
            : throw new HttpRequestException($"GET {path} answered {(int)response.StatusCode}: {body}", null, response.StatusCode);
    }

    /// <summary>Returns the answer of a GET as text, which must succeed.</summary>
    public Task<string> GetTextAsync(string path, CancellationToken cancellationToken) =>
        _client.GetStringAsync(new Uri(path, UriKind.Relative), cancellationToken);

    /// <summary>Returns the status code and body of a GET, for any status.</summary>
    public async Task<(HttpStatusCode Status, string Body)> TryGetAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await _client.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
    }

    /// <summary>Returns the status code and the body of a GET, for any status.</summary>
    public async Task<(HttpStatusCode Status, byte[] Body)> TryGetBytesAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await _client.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
        return (response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancellationToken));
    }

    /// <summary>Returns the status code and answer of a POST of JSON, for any status.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Answer)> PostAsync(string path, string json, CancellationToken cancellationToken)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await _client.PostAsync(new Uri(path, UriKind.Relative), content, cancellationToken);
        string body = await response.Content.ReadAsStringAsync(cancellationToken);
        return (response.StatusCode, JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 4096 }).RootElement.Clone());
    }

    /// <summary>Polls until the answer satisfies the condition, and returns it.</summary>
    /// <exception cref="TimeoutException">The condition did not hold within the limit; the message has the last answer and the service's output.</exception>
    public async Task<JsonElement> WaitUntilAsync(
        string path, Func<JsonElement, bool> isWanted, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(limit);
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        string last = "nothing";
        while (!patience.IsCancellationRequested && !_process.HasExited)
        {
            try
            {
                var answer = await GetAsync(path, cancellationToken);
                last = answer.ToString();
                if (isWanted(answer))
                {
                    return answer;
                }
            }
            catch (HttpRequestException refused)
            {
                last = refused.Message;
            }

            await poll.WaitForNextTickAsync(cancellationToken);
        }

        throw new TimeoutException($"GET {path} did not return the expected answer within {limit}; last answer: {last}\nLast output of the service:\n{Printed[^Math.Min(ShownCharacters, Printed.Length)..]}");
    }

    /// <summary>Ends when the process does.</summary>
    public Task WaitForExitAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    /// <summary>Kills it like kill -9.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Takes the processor from it until <see cref="Resume"/>.</summary>
    public void Pause() => _ = SendSignal(_process.Id, SignalStop);

    /// <summary>Gives the processor back to it.</summary>
    public void Resume() => _ = SendSignal(_process.Id, SignalContinue);

    /// <summary>Asks it to stop, like a container's stop.</summary>
    public void Terminate() => _ = SendSignal(_process.Id, SignalTerminate);

    /// <summary>Stops it like Ctrl+C or a container's stop, and returns its exit code.</summary>
    public async Task<int> StopAsync(CancellationToken cancellationToken)
    {
        Terminate();
        await _process.WaitForExitAsync(cancellationToken).WaitAsync(s_limit, cancellationToken);
        return _process.ExitCode;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
        _client.Dispose();
        PlantedSecrets.ThrowIfIn(Printed); // every story that starts the service checks what it printed
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SendSignal(int processId, int signal);

    private async Task WaitUntilListeningAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(s_limit);
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await IsListeningAsync(cancellationToken))
        {
            if (patience.IsCancellationRequested || _process.HasExited)
            {
                throw new TimeoutException($"The service does not listen on {Address}; its last output:\n{Printed[^Math.Min(ShownCharacters, Printed.Length)..]}");
            }

            await poll.WaitForNextTickAsync(cancellationToken);
        }
    }

    private async Task<bool> IsListeningAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await TryGetAsync("/health/live", cancellationToken)).Status == HttpStatusCode.OK;
        }
        catch (Exception notYet) when (notYet is HttpRequestException or SocketException) // the second when the connection ends while it is made
        {
            return false;
        }
    }

    private void Keep(string? line)
    {
        lock (_printed)
        {
            _printed.AppendLine(line);
        }
    }

    private static async Task<NodeProcess> StartOnceAsync(IEnumerable<KeyValuePair<string, string>> settings, string[] arguments, CancellationToken cancellationToken)
    {
        var address = new Uri($"http://127.0.0.1:{AnvilNode.FreePort()}");
        var start = new ProcessStartInfo("dotnet", [Checkout.NodeProgram, "--urls", address.ToString(), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Checkout.Root,
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException("The service did not start.");
        var node = new NodeProcess(process, address);
        try
        {
            await node.WaitUntilListeningAsync(cancellationToken);
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }
}
