using System.Diagnostics;

namespace Mempulse.Testing.Processes;

/// <summary>The output of one of our programs.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
public sealed record CommandLine(int ExitCode, string Output, string Error)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(3);

    /// <summary>The last line of standard output that is not empty.</summary>
    public string LastLine => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? string.Empty;

    /// <summary>Runs <c>mempulse</c> to its end.</summary>
    public static Task<CommandLine> MempulseAsync(CancellationToken cancellationToken, params string[] arguments) =>
        RunAsync(Checkout.CliProgram, arguments, cancellationToken);

    /// <summary>Runs a .NET program to its end.</summary>
    public static Task<CommandLine> RunAsync(string program, string[] arguments, CancellationToken cancellationToken) =>
        RunAsync(program, arguments, new Dictionary<string, string>(), cancellationToken);

    /// <summary>Runs a .NET program to its end, with more environment variables.</summary>
    /// <exception cref="TimeoutException">It does not end by itself; the message has its output.</exception>
    public static async Task<CommandLine> RunAsync(string program, string[] arguments, IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            try
            {
                await process.WaitForExitAsync(cancellationToken).WaitAsync(s_limit, cancellationToken);
            }
            catch (TimeoutException)
            {
                process.Kill();
                throw new TimeoutException($"{Path.GetFileName(program)} {string.Join(' ', arguments)} did not end within {s_limit}; its output:\n{await output}\n{await error}");
            }

            return new CommandLine(process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }
}
