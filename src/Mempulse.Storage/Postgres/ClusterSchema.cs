using System.Data;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Npgsql;

namespace Mempulse.Storage.Postgres;

/// <summary>The schema that the silos of a cluster share in PostgreSQL: its scripts, its version, and whether a database has it.</summary>
/// <remarks>The scripts are those of infra/postgres. Each operation opens one connection and closes it.</remarks>
public static class ClusterSchema
{
    /// <summary>The version that the scripts make, and the only one that this program uses.</summary>
    public const int CurrentVersion = 1;

    private const string ScriptPrefix = "postgres/";

    /// <summary>Makes or updates the schema, in one transaction. Repeating it changes nothing; a migration that runs at the same time is waited for.</summary>
    /// <returns>The versions before and after.</returns>
    /// <exception cref="ClusterDatabaseException">The database cannot be used, or its schema is newer; nothing is changed.</exception>
    public static Task<SchemaMigration> MigrateAsync(string connectionString, CancellationToken cancellationToken) =>
        WithAsync(connectionString, static async (database, connection, cancellationToken) =>
        {
            var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                string[] scripts = Scripts();
                await RunAsync(connection, scripts[0], cancellationToken).ConfigureAwait(false); // takes the lock and makes the table of versions
                int from = await ReadVersionAsync(connection, cancellationToken).ConfigureAwait(false) ?? 0;
                if (from > CurrentVersion)
                {
                    throw Newer(database, from);
                }

                foreach (string script in scripts[1..])
                {
                    await RunAsync(connection, script, cancellationToken).ConfigureAwait(false);
                }

                await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
                return new SchemaMigration(from, CurrentVersion);
            }
        }, cancellationToken);

    /// <summary>Reads the version of the schema.</summary>
    /// <returns>The version; 0 for a schema that was never completed; null without a schema.</returns>
    /// <exception cref="ClusterDatabaseException">The database cannot be used.</exception>
    public static Task<int?> ReadVersionAsync(string connectionString, CancellationToken cancellationToken) =>
        WithAsync(connectionString, static (_, connection, cancellationToken) => ReadVersionAsync(connection, cancellationToken), cancellationToken);

    /// <summary>Returns if this program can use the database: it answers, lets the user in, and has the schema in the version of this program.</summary>
    /// <exception cref="ClusterDatabaseException">It cannot; the message is one sentence that says why and what to do.</exception>
    public static Task ThrowIfUnusableAsync(string connectionString, CancellationToken cancellationToken) =>
        WithAsync(connectionString, static async (database, connection, cancellationToken) =>
        {
            int? version = await ReadVersionAsync(connection, cancellationToken).ConfigureAwait(false);
            return version switch
            {
                null => throw new ClusterDatabaseException(ClusterDatabaseProblem.SchemaMissing, $"The {database.Place} has no schema of Mempulse. Run: mempulse db migrate."),
                < CurrentVersion => throw new ClusterDatabaseException(
                    ClusterDatabaseProblem.SchemaOlder, $"The schema of the {database.Place} has version {version}; this program needs version {CurrentVersion}. Run: mempulse db migrate."),
                > CurrentVersion => throw Newer(database, version.Value),
                _ => CurrentVersion,
            };
        }, cancellationToken);

    private static ClusterDatabaseException Newer(ClusterDatabase database, int version) => new(
        ClusterDatabaseProblem.SchemaNewer, $"The schema of the {database.Place} has version {version}, which is newer than this program's version {CurrentVersion}. Update this program.");

    private static async Task<T> WithAsync<T>(string connectionString, Func<ClusterDatabase, NpgsqlConnection, CancellationToken, Task<T>> use, CancellationToken cancellationToken)
    {
        var database = ClusterDatabase.Of(connectionString);
        var connection = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            try
            {
                return await use(database, connection, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (ClusterDatabase.IsFailure(e))
            {
                throw database.Failure(e);
            }
        }
    }

    private static async Task<int?> ReadVersionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (await ScalarAsync(connection, "SELECT to_regclass('mempulse_schema') IS NOT NULL", cancellationToken).ConfigureAwait(false) is not true)
        {
            return null;
        }

        return (int)(await ScalarAsync(connection, "SELECT COALESCE(max(version), 0) FROM mempulse_schema", cancellationToken).ConfigureAwait(false))!;
    }

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string query, CancellationToken cancellationToken)
    {
        var command = Command(connection, query);
        await using (command.ConfigureAwait(false))
        {
            return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task RunAsync(NpgsqlConnection connection, string script, CancellationToken cancellationToken)
    {
        var command = Command(connection, script);
        await using (command.ConfigureAwait(false))
        {
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    [SuppressMessage("Security", "CA2100", Justification = "The text is a constant or a resource of this assembly; no input is in it.")]
    private static NpgsqlCommand Command(NpgsqlConnection connection, string text) => new(text, connection);

    /// <summary>The scripts in the order of their names.</summary>
    private static string[] Scripts()
    {
        var assembly = typeof(ClusterSchema).Assembly;
        return [.. assembly.GetManifestResourceNames()
            .Where(static name => name.StartsWith(ScriptPrefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => Read(assembly, name))];
    }

    private static string Read(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
