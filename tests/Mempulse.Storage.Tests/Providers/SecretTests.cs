using Mempulse.Storage.Postgres;
using Mempulse.Testing.Postgres;
using Mempulse.Testing.Waiting;

namespace Mempulse.Storage.Tests.Providers;

/// <summary>The password of the database is in no line that a silo logs, at any level, and in no exception that it throws.</summary>
public sealed class SecretTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_silo_whose_database_goes_away_and_comes_back_never_logs_the_password()
    {
        await using var server = await LocalPostgres.StartAsync(Cancellation);
        string database = await server.CreateDatabaseAsync(Cancellation);
        await ClusterSchema.MigrateAsync(database, Cancellation);
        var silo = await AdoNetSilo.StartAsync(database, "one", Cancellation);
        var notebook = silo.Grains.GetGrain<INotebookGrain>("a");
        await notebook.Write("before");

        await server.StopAsync(ServerStop.Immediate);
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => notebook.Write("while it is away"));
        await server.StartAsync(Cancellation);
        await Until.TrueAsync(() => TryWriteAsync(notebook), "the silo writes again");
        await silo.DisposeAsync();

        Assert.DoesNotContain(server.Password, failure.ToString(), StringComparison.Ordinal);
        Assert.NotEmpty(silo.Lines.All);
        Assert.DoesNotContain(silo.Lines.All, line => line.Contains(server.Password, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_silo_that_cannot_start_never_logs_the_password()
    {
        await using var server = await LocalPostgres.StartAsync(Cancellation);
        string database = await server.CreateDatabaseAsync(Cancellation); // without the schema

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => AdoNetSilo.StartAsync(database, "one", Cancellation));

        Assert.DoesNotContain(server.Password, failure.ToString(), StringComparison.Ordinal);
    }

    private static async Task<bool> TryWriteAsync(INotebookGrain notebook)
    {
        try
        {
            await notebook.Write("after");
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return false; // a pooled connection of the server before, or the grain deactivates after a failed write
        }
    }
}
