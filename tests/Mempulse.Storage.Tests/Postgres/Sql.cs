using System.Globalization;
using Npgsql;

namespace Mempulse.Storage.Tests.Postgres;

/// <summary>Statements on a test's database, by connections that are not pooled.</summary>
internal static class Sql
{
    /// <summary>Runs a statement.</summary>
    public static async Task ExecuteAsync(string connectionString, string statement, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(connectionString, cancellationToken);
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The rows of a query, each as one line.</summary>
    public static async Task<IReadOnlyList<string>> RowsAsync(string connectionString, string query, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(connectionString, cancellationToken);
        await using var command = new NpgsqlCommand(query, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(column => Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture))));
        }

        return rows;
    }

    private static async Task<NpgsqlConnection> OpenAsync(string connectionString, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync(cancellationToken);
        return connection;
    }
}
