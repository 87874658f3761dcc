using System.Globalization;
using Mempulse.Testing.Anvil;
using Mempulse.Testing.Processes;

namespace Mempulse.Cluster.Tests;

/// <summary>A silo in a process of its own, which is started again whenever it ends, as a supervisor does.</summary>
internal sealed class SupervisedSilo : IAsyncDisposable
{
    private readonly Dictionary<string, string> _settings;
    private readonly string[] _arguments;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<string> _ended = [];
    private Task _supervision = Task.CompletedTask;
    private TaskCompletionSource<NodeProcess> _running = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private SupervisedSilo(Dictionary<string, string> settings, string[] arguments)
    {
        _settings = settings;
        _arguments = arguments;
    }

    /// <summary>What the processes that have ended printed.</summary>
    public IReadOnlyList<string> Ended => _ended;

    /// <summary>Starts a silo of some roles, which stays on its ports.</summary>
    public static async Task<SupervisedSilo> StartAsync(string roles, IReadOnlyDictionary<string, string> cluster, CancellationToken cancellationToken, params string[] arguments)
    {
        var settings = new Dictionary<string, string>(cluster)
        {
            ["Mempulse__Roles"] = roles,
            ["Orleans__Endpoints__SiloPort"] = AnvilNode.FreePort().ToString(CultureInfo.InvariantCulture),
            ["Orleans__Endpoints__GatewayPort"] = AnvilNode.FreePort().ToString(CultureInfo.InvariantCulture),
        };
        var silo = new SupervisedSilo(settings, arguments);
        silo._supervision = Task.Run(silo.SuperviseAsync, CancellationToken.None);
        await silo.RunningAsync().WaitAsync(cancellationToken);
        return silo;
    }

    /// <summary>The process, once it listens.</summary>
    public Task<NodeProcess> RunningAsync() => Volatile.Read(ref _running).Task;

    /// <summary>Kills the process as kill -9 does; it is started again.</summary>
    public async Task KillAsync()
    {
        var process = await RunningAsync();
        ExpectEnd(process);
        await process.KillAsync();
    }

    /// <summary>Asks the process to stop, and kills it after a while if it has not; it is started again.</summary>
    public async Task DrainAsync(TimeSpan patience)
    {
        var process = await RunningAsync();
        ExpectEnd(process);
        process.Terminate();
        try
        {
            await process.WaitForExitAsync(CancellationToken.None).WaitAsync(patience);
        }
        catch (TimeoutException)
        {
            await process.KillAsync();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _supervision;
        _stop.Dispose();
    }

    /// <summary>From now on <see cref="RunningAsync"/> is about the next process.</summary>
    private void ExpectEnd(NodeProcess process)
    {
        var next = new TaskCompletionSource<NodeProcess>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (RunningAsync() is { IsCompletedSuccessfully: true, Result: var running } && ReferenceEquals(running, process))
        {
            Volatile.Write(ref _running, next);
        }
    }

    private async Task SuperviseAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await using var process = await NodeProcess.StartAsync(_settings, _stop.Token, _arguments);
                _running.TrySetResult(process);
                await process.WaitForExitAsync(_stop.Token);
                ExpectEnd(process);
                _ended.Add(process.Printed);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                // The test is over.
            }
            catch (TimeoutException failedStart)
            {
                _ended.Add(failedStart.Message); // it ended before it listened, and is started again
            }
        }
    }
}
