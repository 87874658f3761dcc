using System.Diagnostics;
using System.Text;

namespace Mempulse.Testing.Postgres;

/// <summary>A running server. It ends when this process ends, however that happens.</summary>
/// <remarks>The signal at the end of a parent is the signal at the end of the thread that started the child, so that thread stays until the server has ended.</remarks>
internal sealed class PostgresProcess
{
    private const string Ready = "database system is ready to accept connections";
    private const int KeptCharacters = 8_000;
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(1);

    private readonly TaskCompletionSource<int> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StringBuilder _printed = new();

    private PostgresProcess(ProcessStartInfo command) => new Thread(() => Run(command)) { IsBackground = true, Name = "PostgreSQL" }.Start();

    /// <summary>What the server has printed last.</summary>
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

    /// <summary>Starts a server and waits until it takes connections.</summary>
    /// <exception cref="InvalidOperationException">It ended instead; the message has what it printed.</exception>
    public static async Task<PostgresProcess> StartAsync(ProcessStartInfo command, CancellationToken cancellationToken)
    {
        var server = new PostgresProcess(command);
        try
        {
            await server._started.Task;
            await Task.WhenAny(server._ready.Task, server._ended.Task).WaitAsync(s_limit, cancellationToken);
        }
        catch (Exception e) when (e is OperationCanceledException or TimeoutException)
        {
            await server.StopAsync(ServerStop.Immediate);
            throw;
        }

        return server._ready.Task.IsCompleted ? server : throw new InvalidOperationException($"PostgreSQL did not start: {server.Printed}");
    }

    /// <summary>Stops the server and waits until every process of it has ended.</summary>
    public async Task StopAsync(ServerStop how)
    {
        int process = await _started.Task;
        if (!_ended.Task.IsCompleted)
        {
            await PostgresPrograms.SignalAsync(how == ServerStop.Fast ? "INT" : "QUIT", process);
        }

        await _ended.Task.WaitAsync(s_limit);
    }

    private void Run(ProcessStartInfo command)
    {
        try
        {
            using var process = Process.Start(command) ?? throw new InvalidOperationException("setpriv did not start.");
            process.OutputDataReceived += (_, line) => Keep(line.Data);
            process.ErrorDataReceived += (_, line) => Keep(line.Data);
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            _started.SetResult(process.Id);
            process.WaitForExit(); // and until the output of its children has ended, so none is left
        }
        catch (Exception e) when (_started.TrySetException(e))
        {
            // Whoever waits for the start gets it.
        }

        _ended.SetResult();
    }

    private void Keep(string? line)
    {
        lock (_printed)
        {
            _printed.AppendLine(line);
            if (_printed.Length > KeptCharacters)
            {
                _printed.Remove(0, _printed.Length - KeptCharacters);
            }
        }

        if (line?.Contains(Ready, StringComparison.Ordinal) == true)
        {
            _ready.TrySetResult();
        }
    }
}
