using System.Diagnostics;
using Mempulse.Storage.Postgres;
using Mempulse.Testing.Postgres;

[assembly: AssemblyFixture(typeof(SharedPostgres))]

namespace Mempulse.Storage.Tests.Postgres;

/// <summary>The schema of a cluster: made once, repeated without effect, and refused in a version that is not this program's.</summary>
public sealed class ClusterSchemaTests(SharedPostgres postgres)
{
    /// <summary>Everything a migration makes: columns, keys, indexes and sequences of the catalog, and the rows with the transaction that wrote them.</summary>
    private const string Everything = """
        SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable FROM information_schema.columns WHERE table_schema = 'public'
        UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
        UNION ALL SELECT conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace
        UNION ALL SELECT sequencename || ' ' || max_value || ' ' || cycle FROM pg_sequences WHERE schemaname = 'public'
        UNION ALL SELECT querykey || ' ' || querytext{0} FROM orleansquery
        UNION ALL SELECT version::text{0} FROM mempulse_schema
        ORDER BY 1
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_migration_makes_the_schema_and_a_second_one_changes_nothing()
    {
        string database = await postgres.CreateDatabaseAsync(Cancellation);
        string withWriters = Everything.Replace("{0}", " || xmin::text", StringComparison.Ordinal);

        var first = await ClusterSchema.MigrateAsync(database, Cancellation);
        var made = await Sql.RowsAsync(database, withWriters, Cancellation);
        var second = await ClusterSchema.MigrateAsync(database, Cancellation);

        Assert.Equal(new SchemaMigration(0, ClusterSchema.CurrentVersion), first);
        Assert.Equal(new SchemaMigration(ClusterSchema.CurrentVersion, ClusterSchema.CurrentVersion), second);
        Assert.Equal(made, await Sql.RowsAsync(database, withWriters, Cancellation));
        Assert.Equal(ClusterSchema.CurrentVersion, await ClusterSchema.ReadVersionAsync(database, Cancellation));
        await ClusterSchema.ThrowIfUnusableAsync(database, Cancellation);
    }

    [Fact]
    public async Task Of_many_migrations_at_once_one_makes_the_schema_and_all_succeed()
    {
        string database = await postgres.CreateDatabaseAsync(Cancellation);

        var migrations = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ClusterSchema.MigrateAsync(database, Cancellation)));

        Assert.Single(migrations, static migration => migration.From == 0);
        Assert.All(migrations, static migration => Assert.Equal(ClusterSchema.CurrentVersion, migration.To));
    }

    [Fact]
    public async Task The_scripts_run_by_psql_make_the_same_as_a_migration()
    {
        string byMigration = await postgres.CreateDatabaseAsync(Cancellation);
        string byScripts = await postgres.CreateDatabaseAsync(Cancellation);
        string everything = Everything.Replace("{0}", string.Empty, StringComparison.Ordinal);
        var server = await postgres.ServerAsync();

        await ClusterSchema.MigrateAsync(byMigration, Cancellation);
        await PsqlAsync($"postgresql://postgres:{server.Password}@127.0.0.1:{server.Port}/{byScripts[(byScripts.LastIndexOf('=') + 1)..]}");

        Assert.Equal(await Sql.RowsAsync(byMigration, everything, Cancellation), await Sql.RowsAsync(byScripts, everything, Cancellation));
        await ClusterSchema.ThrowIfUnusableAsync(byScripts, Cancellation);
    }

    [Fact]
    public async Task A_migration_restores_a_statement_that_was_changed_or_deleted()
    {
        string database = await postgres.CreateDatabaseAsync(Cancellation);
        await ClusterSchema.MigrateAsync(database, Cancellation);
        var made = await Sql.RowsAsync(database, "SELECT querykey, querytext FROM orleansquery ORDER BY 1", Cancellation);
        await Sql.ExecuteAsync(database, "DELETE FROM orleansquery WHERE querykey LIKE '%Reminder%'; UPDATE orleansquery SET querytext = 'SELECT 1'", Cancellation);

        await ClusterSchema.MigrateAsync(database, Cancellation);

        Assert.Equal(made, await Sql.RowsAsync(database, "SELECT querykey, querytext FROM orleansquery ORDER BY 1", Cancellation));
    }

    [Fact]
    public async Task A_newer_schema_is_not_migrated_and_not_used()
    {
        string database = await postgres.CreateDatabaseAsync(Cancellation);
        await ClusterSchema.MigrateAsync(database, Cancellation);
        await Sql.ExecuteAsync(database, $"INSERT INTO mempulse_schema (version) VALUES ({ClusterSchema.CurrentVersion + 1}); DELETE FROM orleansquery", Cancellation);

        var migrating = await Assert.ThrowsAsync<ClusterDatabaseException>(() => ClusterSchema.MigrateAsync(database, Cancellation));
        var using_ = await Assert.ThrowsAsync<ClusterDatabaseException>(() => ClusterSchema.ThrowIfUnusableAsync(database, Cancellation));

        Assert.Equal(ClusterDatabaseProblem.SchemaNewer, migrating.Problem);
        Assert.Equal(migrating.Message, using_.Message);
        Assert.Empty(await Sql.RowsAsync(database, "SELECT querykey FROM orleansquery", Cancellation));
    }

    [Fact]
    public async Task A_migration_that_fails_leaves_nothing()
    {
        string database = await postgres.CreateDatabaseAsync(Cancellation);
        await Sql.ExecuteAsync(database, "CREATE TABLE orleans_reminder (other integer)", Cancellation);

        var failure = await Assert.ThrowsAsync<ClusterDatabaseException>(() => ClusterSchema.MigrateAsync(database, Cancellation));

        Assert.Equal(ClusterDatabaseProblem.Other, failure.Problem);
        Assert.Equal(["orleans_reminder"], await Sql.RowsAsync(database, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'", Cancellation));
        Assert.Null(await ClusterSchema.ReadVersionAsync(database, Cancellation));
    }

    private static async Task PsqlAsync(string database)
    {
        string scripts = Path.Combine(RepositoryRoot(), "infra", "postgres");
        var shell = new ProcessStartInfo("sh", ["-c", $"cat '{scripts}'/*.sql | psql --quiet --single-transaction --set ON_ERROR_STOP=1 \"$DATABASE\""]) { RedirectStandardOutput = true, RedirectStandardError = true };
        shell.Environment["DATABASE"] = database;
        using var process = Process.Start(shell)!;
        var output = process.StandardOutput.ReadToEndAsync(Cancellation);
        string error = await process.StandardError.ReadToEndAsync(Cancellation);
        await output;
        await process.WaitForExitAsync(Cancellation);
        Assert.True(process.ExitCode == 0, error);
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Mempulse.Orleans.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The test does not run in a checkout.");
        }

        return folder.FullName;
    }
}
