using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Mempulse.EndToEnd.Tests.Monitoring;

/// <summary>A server of the system on loopback, in its own process.</summary>
internal sealed class ToolProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(120);

    private readonly Process _process;
    private readonly HttpClient _client;
    private readonly StringBuilder _printed = new();

    private ToolProcess(Process process, Uri address)
    {
        _process = process;
        _client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(10) };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Starts it.</summary>
    public static ToolProcess Start(string program, Uri address, params string[] arguments) => Start(new ProcessStartInfo(program, arguments), address);

    /// <summary>Starts it.</summary>
    public static ToolProcess Start(ProcessStartInfo start, Uri address)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.UseShellExecute = false;
        return new ToolProcess(Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start."), address);
    }

    /// <summary>Polls until the answer to a GET satisfies the condition, and returns it.</summary>
    /// <exception cref="TimeoutException">It did not within the limit; the message has the last answer and its output.</exception>
    public async Task<JsonElement> WaitUntilAsync(string path, Func<JsonElement, bool> isWanted, CancellationToken stop)
    {
        using var patience = new CancellationTokenSource(s_limit);
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        string last = "nothing";
        while (!patience.IsCancellationRequested && !_process.HasExited)
        {
            try
            {
                last = await _client.GetStringAsync(new Uri(path, UriKind.Relative), stop);
                var answer = JsonDocument.Parse(last).RootElement;
                if (isWanted(answer))
                {
                    return answer;
                }
            }
            catch (HttpRequestException refused)
            {
                last = refused.Message;
            }

            await poll.WaitForNextTickAsync(stop);
        }

        lock (_printed)
        {
            throw new TimeoutException($"GET {path} did not return the expected answer within {s_limit}; last answer: {last}\nOutput:\n{_printed}");
        }
    }

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

    private void Keep(string? line)
    {
        lock (_printed)
        {
            _printed.AppendLine(line);
        }
    }
}
