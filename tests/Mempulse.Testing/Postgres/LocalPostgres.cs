using System.Globalization;
using Mempulse.Testing.Anvil;
using Npgsql;

namespace Mempulse.Testing.Postgres;

/// <summary>A real PostgreSQL of its own, in a fresh temporary directory, on a free loopback port and with a password; disposing of it ends it and deletes its data.</summary>
/// <remarks>A server takes a second or two to make: tests share one and each take a database of their own with <see cref="CreateDatabaseAsync"/>.</remarks>
public sealed class LocalPostgres : IAsyncDisposable
{
    private const string Superuser = "postgres";
    private const int MaxStarts = 5;

    private readonly string _directory;
    private readonly string[] _settings;
    private PostgresProcess? _process;
    private int _databases;

    private LocalPostgres(string directory, string[] settings)
    {
        _directory = directory;
        _settings = settings;
    }

    /// <summary>The port on 127.0.0.1, the same after each start.</summary>
    public int Port { get; private set; }

    /// <summary>The superuser's password. The server asks for it on every connection; no message and no log line may contain it.</summary>
    public string Password { get; } = $"planted-{Guid.NewGuid():N}";

    /// <summary>What the server has printed last.</summary>
    public string Printed => _process?.Printed ?? string.Empty;

    /// <summary>Makes a server and waits until it takes connections.</summary>
    /// <param name="durability">Whether commits are synced.</param>
    /// <param name="cancellationToken">Ends the wait, and the server with it.</param>
    /// <exception cref="FileNotFoundException">PostgreSQL is not installed; ./test.sh installs it.</exception>
    public static async Task<LocalPostgres> StartAsync(CancellationToken cancellationToken, Durability durability = Durability.Unsynced)
    {
        string directory = Directory.CreateTempSubdirectory("mempulse-postgres-").FullName;
        var server = new LocalPostgres(directory, durability == Durability.Synced ? [] : ["fsync=off", "full_page_writes=off"]);
        try
        {
            await server.InitializeAsync(cancellationToken);
            await server.StartAtFreePortAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>The connection string of a database, as Aspire writes it.</summary>
    public string ConnectionString(string database) =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={Port};Username={Superuser};Password={Password};Database={database}");

    /// <summary>Makes an empty database and returns its connection string.</summary>
    public async Task<string> CreateDatabaseAsync(CancellationToken cancellationToken)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");
        await ExecuteAsync($"CREATE DATABASE {name}", cancellationToken);
        return ConnectionString(name);
    }

    /// <summary>Runs a statement as superuser, in the server's own database.</summary>
    public async Task ExecuteAsync(string statement, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(ConnectionString(Superuser) + ";Pooling=false");
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Starts a stopped server again, with its data and at its port.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        string[] arguments = ["-D", Data, "-p", Port.ToString(CultureInfo.InvariantCulture), .. Settings("listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=500", "shared_buffers=16MB"), .. Settings(_settings)];
        _process = await PostgresProcess.StartAsync(PostgresPrograms.Command("postgres", _directory, arguments), cancellationToken);
    }

    /// <summary>Stops the server and waits until it has ended. Its data stays.</summary>
    public async Task StopAsync(ServerStop how)
    {
        if (_process is not null)
        {
            await _process.StopAsync(how);
            _process = null;
        }
    }

    /// <summary>Stops the server and deletes its data.</summary>
    /// <exception cref="TimeoutException">It did not end.</exception>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(ServerStop.Immediate);
        if (Directory.Exists(_directory))
        {
            Directory.Delete(_directory, recursive: true);
        }
    }

    private string Data => Path.Combine(_directory, "data");

    private static IEnumerable<string> Settings(params string[] settings) => settings.SelectMany(static setting => (string[])["-c", setting]);

    private async Task InitializeAsync(CancellationToken cancellationToken)
    {
        string password = Path.Combine(_directory, "password");
        await File.WriteAllTextAsync(password, Password, cancellationToken);
        await PostgresPrograms.GiveAsync(_directory, cancellationToken);
        await PostgresPrograms.RunAsync(
            PostgresPrograms.Command("initdb", _directory, "-D", Data, "-U", Superuser, "-A", "scram-sha-256", "--pwfile", password, "--no-sync", "--no-instructions", "--encoding=UTF8", "--locale=C"),
            cancellationToken);
    }

    private async Task StartAtFreePortAsync(CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            Port = AnvilNode.FreePort();
            try
            {
                await StartAsync(cancellationToken);
                return;
            }
            catch (InvalidOperationException e) when (attempt < MaxStarts && e.Message.Contains("Address already in use", StringComparison.Ordinal))
            {
                // Another process took the port before the server did.
            }
        }
    }
}
