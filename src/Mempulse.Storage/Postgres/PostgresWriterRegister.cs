using Mempulse.Canon.Fencing;
using Mempulse.Primitives;
using Npgsql;

namespace Mempulse.Storage.Postgres;

/// <summary>The record of a chain's writer in PostgreSQL: one row of mempulse_log_writer (infra/postgres).</summary>
/// <remarks>Thread-safe. Each call is one statement, and fails within a few seconds while the database does not answer.</remarks>
public sealed class PostgresWriterRegister : IWriterRegister
{
    private const int PatienceSeconds = 2;

    private readonly ClusterDatabase _place;
    private readonly NpgsqlDataSource _database;
    private readonly string _cluster;
    private readonly decimal _chain;

    /// <summary>The record of one chain of a cluster.</summary>
    /// <exception cref="ClusterDatabaseException">The connection string is not one.</exception>
    public PostgresWriterRegister(string connectionString, string cluster, ChainId chain)
    {
        _place = ClusterDatabase.Of(connectionString);
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Timeout = PatienceSeconds,
            CommandTimeout = PatienceSeconds,
            CancellationTimeout = -1, // do not wait for a server that is gone
            MaxPoolSize = 2,
            ApplicationName = "mempulse log writer",
        };
        _database = NpgsqlDataSource.Create(settings);
        _cluster = cluster;
        _chain = chain.Value;
    }

    /// <inheritdoc/>
    public WriterRecord? Read() => Ask(
        "SELECT epoch, volume, machine, holder, renewals, watermark FROM mempulse_log_writer WHERE cluster_id = @cluster AND chain = @chain",
        static command =>
        {
            using var rows = command.ExecuteReader();
            return rows.Read()
                ? new WriterRecord(
                    new Epoch((ulong)rows.GetDecimal(0)), new WriterPlace(rows.GetGuid(1), rows.GetString(2)), rows.GetString(3), rows.GetInt64(4), new GlobalSeq((ulong)rows.GetDecimal(5)))
                : null;
        });

    /// <inheritdoc/>
    public bool TryTake(WriterRecord? found, WriterRecord taken)
    {
        ArgumentNullException.ThrowIfNull(taken);
        return Ask(
            found is null
                ? """
                  INSERT INTO mempulse_log_writer (cluster_id, chain, epoch, volume, machine, holder, renewals, watermark)
                  VALUES (@cluster, @chain, @epoch, @volume, @machine, @holder, @renewals, @watermark) ON CONFLICT DO NOTHING
                  """
                : """
                  UPDATE mempulse_log_writer
                  SET epoch = @epoch, volume = @volume, machine = @machine, holder = @holder, renewals = @renewals, watermark = greatest(watermark, @watermark)
                  WHERE cluster_id = @cluster AND chain = @chain AND epoch = @found_epoch AND renewals = @found_renewals
                  """,
            command =>
            {
                var parameters = command.Parameters;
                parameters.AddWithValue("epoch", (decimal)taken.Epoch.Value);
                parameters.AddWithValue("volume", taken.Place.Volume);
                parameters.AddWithValue("machine", taken.Place.Machine);
                parameters.AddWithValue("holder", taken.Holder);
                parameters.AddWithValue("renewals", taken.Renewals);
                parameters.AddWithValue("watermark", (decimal)taken.Watermark.Value);
                if (found is not null)
                {
                    parameters.AddWithValue("found_epoch", (decimal)found.Epoch.Value);
                    parameters.AddWithValue("found_renewals", found.Renewals);
                }

                return command.ExecuteNonQuery() == 1;
            });
    }

    /// <inheritdoc/>
    public bool TryRenew(Epoch epoch, GlobalSeq watermark) => Change("renewals = renewals + 1", epoch, watermark);

    /// <inheritdoc/>
    public void Release(Epoch epoch, GlobalSeq watermark) => Change("holder = ''", epoch, watermark);

    /// <inheritdoc/>
    public void Dispose() => _database.Dispose();

    private bool Change(string what, Epoch epoch, GlobalSeq watermark) => Ask(
        $"UPDATE mempulse_log_writer SET {what}, watermark = greatest(watermark, @watermark) WHERE cluster_id = @cluster AND chain = @chain AND epoch = @epoch",
        command =>
        {
            command.Parameters.AddWithValue("epoch", (decimal)epoch.Value);
            command.Parameters.AddWithValue("watermark", (decimal)watermark.Value);
            return command.ExecuteNonQuery() == 1;
        });

    private T Ask<T>(string statement, Func<NpgsqlCommand, T> ask)
    {
        try
        {
            using var command = _database.CreateCommand(statement);
            command.Parameters.AddWithValue("cluster", _cluster);
            command.Parameters.AddWithValue("chain", _chain);
            return ask(command);
        }
        catch (Exception failure) when (ClusterDatabase.IsFailure(failure))
        {
            throw _place.Failure(failure);
        }
    }
}
