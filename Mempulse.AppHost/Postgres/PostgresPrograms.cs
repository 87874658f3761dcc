using System.Diagnostics;
using System.Globalization;

namespace Mempulse.AppHost.Postgres;

/// <summary>The installed programs of PostgreSQL, run as a user whom they accept: they refuse root.</summary>
/// <param name="folder">The folder of <c>postgres</c> and <c>initdb</c>.</param>
internal sealed class PostgresPrograms(string folder)
{
    private const string DebianFolder = "/usr/lib/postgresql";
    private const string Server = "postgres";
    private const string User = "postgres";

    /// <summary>Finds them: in the folder of the settings, or on the PATH, or else the newest ones where Debian installs them; null if they are not there.</summary>
    public static PostgresPrograms? Find(string? given)
    {
        if (given is not null)
        {
            return Has(given) ? new PostgresPrograms(given) : null;
        }

        string[] onPath = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var debian = Directory.Exists(DebianFolder) ? Directory.EnumerateDirectories(DebianFolder) : [];
        return onPath.Concat(debian.OrderByDescending(VersionOf).Select(static version => Path.Combine(version, "bin"))).FirstOrDefault(Has) is { } found
            ? new PostgresPrograms(found)
            : null;
    }

    /// <summary>The command line of one of the programs.</summary>
    public (string Program, string[] Arguments) Command(string name, params IEnumerable<string> arguments)
    {
        string program = Path.Combine(folder, name);
        return Environment.IsPrivilegedProcess && OperatingSystem.IsLinux()
            ? ("setpriv", [$"--reuid={User}", $"--regid={User}", "--clear-groups", "--", program, .. arguments])
            : (program, [.. arguments]);
    }

    /// <summary>Gives a directory with all that is in it to the user of the programs.</summary>
    public static Task GiveAsync(string directory, CancellationToken cancellationToken) =>
        Environment.IsPrivilegedProcess && OperatingSystem.IsLinux() ? RunAsync(("chown", ["-R", $"{User}:", directory]), directory, string.Empty, cancellationToken) : Task.CompletedTask;

    /// <summary>Runs a command to its end.</summary>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="directory">Where it runs.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidOperationException">Its exit code is not 0; the message has what it printed.</exception>
    public static async Task RunAsync((string Program, string[] Arguments) command, string directory, string input, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(command.Program, command.Arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"Cannot start {command.Program}.");
        await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken).ConfigureAwait(false);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        string errors = await process.StandardError.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
        await output.ConfigureAwait(false);
        await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"'{command.Program} {string.Join(' ', command.Arguments)}' ended with exit code {process.ExitCode}: {errors.Trim()}");
        }
    }

    private static bool Has(string folder) => File.Exists(Path.Combine(folder, Server)) && File.Exists(Path.Combine(folder, "initdb"));

    private static double VersionOf(string folder) =>
        double.TryParse(Path.GetFileName(folder), NumberStyles.Float, CultureInfo.InvariantCulture, out double version) ? version : 0;
}
