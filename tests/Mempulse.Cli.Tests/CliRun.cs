using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Mempulse.Cli.Terminals;
using Mempulse.Testing.Waiting;

namespace Mempulse.Cli.Tests;

/// <summary>One run of the command: its output and exit code.</summary>
internal sealed record CliRun(int ExitCode, string Output, string Error)
{
    public IReadOnlyList<string> Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public JsonObject Json => JsonNode.Parse(Lines[^1])!.AsObject();

    /// <summary>Runs it in this process.</summary>
    public static Task<CliRun> InProcessAsync(params string[] args) => InProcessAsync(TimeProvider.System, TestContext.Current.CancellationToken, args);

    /// <summary>Runs it in this process, with a clock and a token that interrupts it.</summary>
    public static async Task<CliRun> InProcessAsync(TimeProvider time, CancellationToken interrupted, params string[] args)
    {
        var output = new StringWriter { NewLine = "\n" };
        var error = new StringWriter { NewLine = "\n" };
        var terminal = new Terminal(output, error, WriterKind.File, WriterKind.File);
        int exitCode = await CommandLine.RunAsync(args, terminal, time, interrupted);
        return new CliRun(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Runs it in its own process.</summary>
    public static Task<CliRun> AsProcessAsync(params string[] args) => AsProcessAsync(new SortedDictionary<string, string>(StringComparer.Ordinal), args);

    /// <summary>Runs it in its own process, with more variables in its environment.</summary>
    public static Task<CliRun> AsProcessAsync(SortedDictionary<string, string> environment, params string[] args) => AsProcessAsync(_ => Task.CompletedTask, environment, args);

    /// <summary>Runs it in its own process and sends it a signal when a condition holds.</summary>
    public static Task<CliRun> AsInterruptedProcessAsync(string signal, Func<bool> condition, params string[] args) => AsProcessAsync(
        async process =>
        {
            await Until.TrueAsync(() => condition() || process.HasExited, "the work has started");
            using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        },
        new SortedDictionary<string, string>(StringComparer.Ordinal),
        args);

    private static async Task<CliRun> AsProcessAsync(Func<Process, Task> meanwhile, SortedDictionary<string, string> environment, string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "mempulse.dll"), .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await meanwhile(process);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new CliRun(process.ExitCode, await output, await error);
    }
}
