using System.Net;
using System.Net.Sockets;
using Mempulse.Storage.Postgres;
using Mempulse.Testing.Anvil;
using Mempulse.Testing.Postgres;
using Npgsql;

namespace Mempulse.Storage.Tests.Postgres;

/// <summary>Why a database cannot be used, in one sentence that says where and what to do and never contains the password.</summary>
public sealed class DatabaseSentenceTests(SharedPostgres postgres)
{
    private const string Secret = "planted-hunter2";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_is_not_there_is_named_by_host_and_port()
    {
        int port = AnvilNode.FreePort();

        string sentence = await RefusedAsync(ClusterDatabaseProblem.Unreachable, $"Host=127.0.0.1;Port={port};Username=postgres;Password={Secret};Database=mempulse");

        Assert.Equal($"Cannot reach PostgreSQL at 127.0.0.1:{port}: Connection refused.", sentence);
    }

    [Fact]
    public async Task A_host_without_an_address_is_named()
    {
        string sentence = await RefusedAsync(ClusterDatabaseProblem.Unreachable, $"Host=no-such-host.invalid;Username=postgres;Password={Secret};Database=mempulse");

        Assert.StartsWith("Cannot reach PostgreSQL at no-such-host.invalid:5432: ", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_where_something_else_listens_is_named()
    {
        await using var other = new ClosingListener();

        string sentence = await RefusedAsync(ClusterDatabaseProblem.Unreachable, $"Host=127.0.0.1;Port={other.Port};Username=postgres;Password={Secret};Database=mempulse");

        Assert.Equal($"Cannot reach PostgreSQL at 127.0.0.1:{other.Port}: the connection was closed.", sentence);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_given_up()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;

        string sentence = await RefusedAsync(ClusterDatabaseProblem.Unreachable, $"Host=127.0.0.1;Port={port};Username=postgres;Password={Secret};Database=mempulse;Timeout=1");

        Assert.Equal($"Cannot reach PostgreSQL at 127.0.0.1:{port}: it did not answer in time.", sentence);
    }

    [Fact]
    public async Task A_server_that_is_stopped_while_it_is_used_is_named()
    {
        await using var server = await LocalPostgres.StartAsync(Cancellation);
        string database = await server.CreateDatabaseAsync(Cancellation);
        await ClusterSchema.MigrateAsync(database, Cancellation);
        await server.StopAsync(ServerStop.Immediate);

        string sentence = await RefusedAsync(ClusterDatabaseProblem.Unreachable, database, server.Password);

        Assert.Equal($"Cannot reach PostgreSQL at 127.0.0.1:{server.Port}: Connection refused.", sentence);
    }

    [Fact]
    public async Task A_missing_database_is_named()
    {
        var server = await postgres.ServerAsync();

        string sentence = await RefusedAsync(ClusterDatabaseProblem.DatabaseMissing, server.ConnectionString("mempulse"), server.Password);

        Assert.Equal($"Cannot use the database 'mempulse' at 127.0.0.1:{server.Port}: it does not exist. Create it, then run: mempulse db migrate.", sentence);
    }

    [Fact]
    public async Task A_wrong_password_is_refused_and_not_repeated()
    {
        var server = await postgres.ServerAsync();

        string sentence = await RefusedAsync(ClusterDatabaseProblem.LoginRefused, $"Host=127.0.0.1;Port={server.Port};Username=postgres;Password={Secret};Database=postgres");

        Assert.Equal($"Cannot log in to PostgreSQL at 127.0.0.1:{server.Port} as 'postgres': password authentication failed for user \"postgres\".", sentence);
    }

    [Fact]
    public async Task A_missing_password_is_named()
    {
        var server = await postgres.ServerAsync();

        string sentence = await RefusedAsync(ClusterDatabaseProblem.LoginRefused, $"Host=127.0.0.1;Port={server.Port};Username=postgres;Database=postgres");

        Assert.Equal($"Cannot log in to PostgreSQL at 127.0.0.1:{server.Port} as 'postgres': no password is given.", sentence);
    }

    [Fact]
    public async Task A_user_who_may_not_read_the_schema_is_named()
    {
        var server = await postgres.ServerAsync();
        string database = await postgres.CreateDatabaseAsync(Cancellation);
        await ClusterSchema.MigrateAsync(database, Cancellation);
        await Sql.ExecuteAsync(database, $"CREATE USER reader PASSWORD '{Secret}'", Cancellation);
        string asReader = new NpgsqlConnectionStringBuilder(database) { Username = "reader", Password = Secret }.ConnectionString;

        string sentence = await RefusedAsync(ClusterDatabaseProblem.PermissionDenied, asReader);
        var migrating = await Assert.ThrowsAsync<ClusterDatabaseException>(() => ClusterSchema.MigrateAsync(asReader, Cancellation));

        Assert.Equal($"Cannot use the {ClusterDatabase.Of(database).Place} as 'reader': permission denied for table mempulse_schema.", sentence);
        Assert.Equal(ClusterDatabaseProblem.PermissionDenied, migrating.Problem);
        Assert.DoesNotContain(server.Password, migrating.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_schema_says_what_to_run()
    {
        string database = await postgres.CreateDatabaseAsync(Cancellation);

        string sentence = await RefusedAsync(ClusterDatabaseProblem.SchemaMissing, database, (await postgres.ServerAsync()).Password);

        Assert.Equal($"The {ClusterDatabase.Of(database).Place} has no schema of Mempulse. Run: mempulse db migrate.", sentence);
        Assert.Null(await ClusterSchema.ReadVersionAsync(database, Cancellation));
    }

    [Fact]
    public async Task An_older_schema_says_what_to_run()
    {
        string database = await postgres.CreateDatabaseAsync(Cancellation);
        await ClusterSchema.MigrateAsync(database, Cancellation);
        await Sql.ExecuteAsync(database, "UPDATE mempulse_schema SET version = 0", Cancellation);

        string sentence = await RefusedAsync(ClusterDatabaseProblem.SchemaOlder, database, (await postgres.ServerAsync()).Password);

        Assert.Equal($"The schema of the {ClusterDatabase.Of(database).Place} has version 0; this program needs version {ClusterSchema.CurrentVersion}. Run: mempulse db migrate.", sentence);
        Assert.Equal(new SchemaMigration(0, ClusterSchema.CurrentVersion), await ClusterSchema.MigrateAsync(database, Cancellation));
        await ClusterSchema.ThrowIfUnusableAsync(database, Cancellation);
    }

    [Fact]
    public async Task A_newer_schema_asks_for_a_newer_program()
    {
        string database = await postgres.CreateDatabaseAsync(Cancellation);
        await ClusterSchema.MigrateAsync(database, Cancellation);
        await Sql.ExecuteAsync(database, "INSERT INTO mempulse_schema (version) VALUES (1000)", Cancellation);

        string sentence = await RefusedAsync(ClusterDatabaseProblem.SchemaNewer, database, (await postgres.ServerAsync()).Password);

        Assert.Equal($"The schema of the {ClusterDatabase.Of(database).Place} has version 1000, which is newer than this program's version {ClusterSchema.CurrentVersion}. Update this program.", sentence);
    }

    [Theory]
    [InlineData("")]
    [InlineData("mempulse")]
    [InlineData($"postgresql://postgres:{Secret}@127.0.0.1/mempulse")]
    [InlineData($"Host=127.0.0.1;Password=abc;{Secret}")]
    [InlineData($"Host=127.0.0.1;Password=abc;{Secret}=1")]
    [InlineData($"Host=127.0.0.1;Port={Secret}")]
    [InlineData($"Host=127.0.0.1;Port=99999999999;Password={Secret}")]
    [InlineData($"Host=127.0.0.1;SSL Mode={Secret}")]
    [InlineData($"Username=postgres;Password={Secret}")]
    public async Task A_connection_string_that_is_not_one_is_not_repeated(string connectionString)
    {
        string sentence = await RefusedAsync(ClusterDatabaseProblem.ConnectionString, connectionString);

        Assert.StartsWith("The connection string of the database is not valid: expected 'Host=...;", sentence, StringComparison.Ordinal);
    }

    /// <summary>The sentence of a refusal, which is one line. Neither it nor anything else that an exception prints contains a password.</summary>
    private static async Task<string> RefusedAsync(ClusterDatabaseProblem problem, string connectionString, string secret = Secret)
    {
        var refused = await Assert.ThrowsAsync<ClusterDatabaseException>(() => ClusterSchema.ThrowIfUnusableAsync(connectionString, Cancellation));
        Assert.Equal(problem, refused.Problem);
        Assert.DoesNotContain('\n', refused.Message);
        Assert.DoesNotContain(secret, refused.ToString(), StringComparison.Ordinal);
        return refused.Message;
    }
}
