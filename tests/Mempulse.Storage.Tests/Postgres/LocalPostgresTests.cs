using System.Diagnostics;
using Mempulse.Testing.Postgres;
using Npgsql;

namespace Mempulse.Storage.Tests.Postgres;

/// <summary>The database server of the tests: stopped, started again with its data, and gone at the end.</summary>
public sealed class LocalPostgresTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ServerStop.Immediate)]
    [InlineData(ServerStop.Fast)]
    public async Task A_stopped_server_refuses_and_one_started_again_has_what_was_committed(ServerStop how)
    {
        await using var server = await LocalPostgres.StartAsync(Cancellation);
        string database = await server.CreateDatabaseAsync(Cancellation);
        await Sql.ExecuteAsync(database, "CREATE TABLE kept (n integer); INSERT INTO kept VALUES (7)", Cancellation);

        await server.StopAsync(how);
        await Assert.ThrowsAsync<NpgsqlException>(() => Sql.RowsAsync(database, "SELECT 1", Cancellation));
        await server.StartAsync(Cancellation);

        Assert.Equal(["7"], await Sql.RowsAsync(database, "SELECT n FROM kept", Cancellation));
    }

    [Fact]
    public async Task Nothing_of_a_server_is_left_when_it_is_disposed_of()
    {
        var server = await LocalPostgres.StartAsync(Cancellation, Durability.Synced);
        string synced = Assert.Single(await Sql.RowsAsync(server.ConnectionString("postgres"), "SHOW fsync", Cancellation));
        string directory = Assert.Single(await Sql.RowsAsync(server.ConnectionString("postgres"), "SHOW data_directory", Cancellation));

        await server.DisposeAsync();

        Assert.Equal("on", synced);
        Assert.False(Directory.Exists(Path.GetDirectoryName(directory)));
        Assert.DoesNotContain(Process.GetProcesses(), process => CommandLineOf(process).Contains(directory, StringComparison.Ordinal));
    }

    private static string CommandLineOf(Process process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process.Id}/cmdline");
        }
        catch (IOException)
        {
            return string.Empty; // it has ended meanwhile
        }
    }
}
