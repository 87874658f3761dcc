using System.Diagnostics;
using System.Globalization;

namespace Mempulse.Testing.Postgres;

/// <summary>The programs of PostgreSQL on this machine, run as a user whom they accept: they refuse root.</summary>
internal static class PostgresPrograms
{
    /// <summary>Environment variable with the folder of the programs, if they are not where Debian installs them.</summary>
    private const string PathVariable = "MEMPULSE_POSTGRES";

    private const string DebianFolder = "/usr/lib/postgresql";

    private const string User = "postgres";

    /// <summary>A command line that runs one of the programs, and sends it SIGQUIT when the thread that started it ends.</summary>
    public static ProcessStartInfo Command(string name, string workingDirectory, params IEnumerable<string> arguments)
    {
        string[] asUser = Environment.IsPrivilegedProcess ? [$"--reuid={User}", $"--regid={User}", "--clear-groups"] : [];
        return new ProcessStartInfo("setpriv", [.. asUser, "--pdeathsig=QUIT", "--", Path.Combine(Folder(), name), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingDirectory,
        };
    }

    /// <summary>Gives a directory with all that is in it to the user of the programs.</summary>
    public static Task GiveAsync(string directory, CancellationToken cancellationToken) =>
        Environment.IsPrivilegedProcess ? RunAsync(new ProcessStartInfo("chown", ["-R", $"{User}:{User}", directory]) { RedirectStandardError = true }, cancellationToken) : Task.CompletedTask;

    /// <summary>Sends a signal to a process.</summary>
    public static Task SignalAsync(string signal, int process) =>
        RunAsync(new ProcessStartInfo("kill", [$"-{signal}", process.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardError = true }, CancellationToken.None);

    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="InvalidOperationException">It ended with another exit code than 0.</exception>
    public static async Task RunAsync(ProcessStartInfo command, CancellationToken cancellationToken)
    {
        using var process = Process.Start(command) ?? throw new InvalidOperationException($"{command.FileName} did not start.");
        var output = command.RedirectStandardOutput ? process.StandardOutput.ReadToEndAsync(cancellationToken) : Task.FromResult(string.Empty);
        string error = await process.StandardError.ReadToEndAsync(cancellationToken);
        await output;
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{command.FileName} {string.Join(' ', command.ArgumentList)} ended with exit code {process.ExitCode}: {error}");
        }
    }

    private static string Folder()
    {
        if (Environment.GetEnvironmentVariable(PathVariable) is { Length: > 0 } named)
        {
            return named;
        }

        var versions = Directory.Exists(DebianFolder) ? Directory.EnumerateDirectories(DebianFolder) : [];
        return versions.Select(static version => Path.Combine(version, "bin"))
            .Where(static folder => File.Exists(Path.Combine(folder, "postgres")) && File.Exists(Path.Combine(folder, "initdb")))
            .MaxBy(static folder => double.TryParse(Path.GetFileName(Path.GetDirectoryName(folder)), CultureInfo.InvariantCulture, out double version) ? version : 0)
            ?? throw new FileNotFoundException($"Cannot find PostgreSQL. Run ./test.sh once to install it, or set {PathVariable} to the folder of its programs.");
    }
}
