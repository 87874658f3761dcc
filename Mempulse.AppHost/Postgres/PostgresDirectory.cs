using System.Security.Cryptography;

namespace Mempulse.AppHost.Postgres;

/// <summary>The files of a PostgreSQL server that this host runs. They are made when it starts for the first time; its password lies beside them.</summary>
/// <param name="root">The directory; the user of the programs must be able to reach it.</param>
/// <param name="programs">The programs.</param>
internal sealed class PostgresDirectory(string root, PostgresPrograms programs)
{
    /// <summary>The superuser, who owns the database of the cluster.</summary>
    public const string Superuser = "postgres";

    private const int PasswordBytes = 24;

    private readonly Lazy<string> _password = new(() => File.Exists(PasswordFile(root)) ? File.ReadAllText(PasswordFile(root)) : RandomNumberGenerator.GetHexString(2 * PasswordBytes, lowercase: true));

    /// <summary>The directory.</summary>
    public string Root { get; } = root;

    /// <summary>The server's own files.</summary>
    public string Data { get; } = Path.Combine(root, "data");

    /// <summary>The superuser's password: that of an existing server, or a new one.</summary>
    public string Password => _password.Value;

    /// <summary>Makes the files and the database of the cluster, unless they exist.</summary>
    /// <exception cref="InvalidOperationException">A program failed.</exception>
    /// <exception cref="IOException">The directory cannot be written.</exception>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (File.Exists(Path.Combine(Data, "PG_VERSION")))
        {
            return;
        }

        Directory.CreateDirectory(Root);
        string password = PasswordFile(Root);
        var hidden = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            hidden.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using (var file = new StreamWriter(password, hidden))
        {
            await file.WriteAsync(Password.AsMemory(), cancellationToken).ConfigureAwait(false);
        }

        await PostgresPrograms.GiveAsync(Root, cancellationToken).ConfigureAwait(false);
        await PostgresPrograms.RunAsync(
            programs.Command("initdb", "-D", Data, "-U", Superuser, "-A", "scram-sha-256", "--pwfile", password, "--no-instructions", "--encoding=UTF8", "--locale=C"),
            Root, string.Empty, cancellationToken).ConfigureAwait(false);
        await PostgresPrograms.RunAsync(programs.Command("postgres", "--single", "-D", Data, Superuser), Root, $"CREATE DATABASE {ClusterDatabase.Name}\n", cancellationToken).ConfigureAwait(false);
    }

    private static string PasswordFile(string root) => Path.Combine(root, "password");
}
