using Spectre.Console;

namespace Mempulse.Cli.Terminals;

/// <summary>Runs a piece of work, and draws a progress bar on a screen when it takes more than a second.</summary>
internal sealed class ProgressDisplay(Terminal terminal, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RedrawPeriod = TimeSpan.FromMilliseconds(100);

    /// <summary>Runs work that prints only at the end.</summary>
    public Task<T> RunAsync<T>(string title, Func<ProgressCounter, T> work) => RunAsync(title, work, terminal.IsErrorWatched);

    /// <summary>Runs work that prints as it goes; no bar is drawn when both would go to the same screen.</summary>
    public Task<T> RunPrintingAsync<T>(string title, Func<ProgressCounter, T> work) =>
        RunAsync(title, work, terminal.IsErrorWatched && !terminal.IsOutputWatched);

    private async Task<T> RunAsync<T>(string title, Func<ProgressCounter, T> work, bool isWatched)
    {
        var counter = new ProgressCounter();
        var running = Task.Run(() => work(counter));
        if (isWatched && await Task.WhenAny(running, Task.Delay(Patience, time)).ConfigureAwait(false) != running)
        {
            await DrawAsync(title, counter, running).ConfigureAwait(false);
        }

        return await running.ConfigureAwait(false);
    }

    private async Task DrawAsync(string title, ProgressCounter counter, Task running)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Error) });
        await console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var task = context.AddTask(Markup.Escape(title));
                while (!running.IsCompleted)
                {
                    task.IsIndeterminate = counter.Total == 0;
                    task.MaxValue = Math.Max(1, counter.Total);
                    task.Value = counter.Done;
                    await Task.WhenAny(running, Task.Delay(RedrawPeriod, time)).ConfigureAwait(false);
                }
            })
            .ConfigureAwait(false);
    }
}
