using Mempulse.Storage.Postgres;
using Mempulse.Testing.Postgres;

namespace Mempulse.Storage.Tests.Providers;

/// <summary>One silo over a database of its own for the tests of a class, which use different keys.</summary>
public sealed class NotebookSilo(SharedPostgres postgres) : IAsyncLifetime
{
    /// <summary>The connection string.</summary>
    internal string Database { get; private set; } = string.Empty;

    /// <summary>The silo.</summary>
    internal AdoNetSilo Silo { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        Database = await postgres.CreateDatabaseAsync(cancellationToken);
        await ClusterSchema.MigrateAsync(Database, cancellationToken);
        Silo = await AdoNetSilo.StartAsync(Database, "one", cancellationToken);
    }

    public ValueTask DisposeAsync() => Silo.DisposeAsync();
}
