using System.Data.Common;
using System.Globalization;
using System.Net.Sockets;
using Npgsql;

namespace Mempulse.Storage.Postgres;

/// <summary>Where the database of a cluster is, and its failures in sentences that never contain the password.</summary>
/// <remarks>Messages of the driver about a connection string are not repeated: a part of an unquoted password can be in them.</remarks>
public sealed class ClusterDatabase
{
    private const string ExpectedForm = "expected 'Host=...;Port=...;Database=...;Username=...;Password=...', with quotes around a value that contains ';'";

    private readonly NpgsqlConnectionStringBuilder _settings;

    private ClusterDatabase(NpgsqlConnectionStringBuilder settings) => _settings = settings;

    /// <summary>The database, the host and the port, as messages name them: <c>database 'mempulse' at db.local:5432</c>.</summary>
    public string Place => $"database '{_settings.Database ?? _settings.Username}' at {Server}";

    private string Server => string.Create(CultureInfo.InvariantCulture, $"{_settings.Host}:{_settings.Port}");

    /// <summary>Reads a connection string in the form of Npgsql.</summary>
    /// <exception cref="ClusterDatabaseException">It is not one, or it names no host.</exception>
    public static ClusterDatabase Of(string connectionString)
    {
        NpgsqlConnectionStringBuilder settings;
        try
        {
            settings = new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or OverflowException or KeyNotFoundException)
        {
            throw NotValid();
        }

        return string.IsNullOrWhiteSpace(settings.Host) ? throw NotValid() : new ClusterDatabase(settings);
    }

    /// <summary>Opens a connection that is not pooled: nothing of it is left when it is disposed of.</summary>
    /// <exception cref="ClusterDatabaseException">The database cannot be used; the message says why.</exception>
    internal async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_settings.ConnectionString) { Pooling = false }.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch (Exception e) when (IsFailure(e))
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw Failure(e);
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Whether an exception is a failure of the database or of the way to it.</summary>
    public static bool IsFailure(Exception exception) => exception is DbException or SocketException or TimeoutException or IOException and not ClusterDatabaseException;

    /// <summary>A failure of the database or of the way to it, as a sentence.</summary>
    public ClusterDatabaseException Failure(Exception exception)
    {
        var (problem, sentence) = exception is PostgresException refused ? Refusal(refused) : Outage(exception);
        return new ClusterDatabaseException(problem, sentence, exception);
    }

    private (ClusterDatabaseProblem Problem, string Sentence) Refusal(PostgresException refused) => refused.SqlState switch
    {
        PostgresErrorCodes.InvalidCatalogName => (ClusterDatabaseProblem.DatabaseMissing, $"Cannot use the {Place}: it does not exist. Create it, then run: mempulse db migrate."),
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => (ClusterDatabaseProblem.LoginRefused, LoginRefused(refused.MessageText)),
        PostgresErrorCodes.InsufficientPrivilege => (ClusterDatabaseProblem.PermissionDenied, $"Cannot use the {Place} as '{_settings.Username}': {refused.MessageText}."),
        PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown =>
            (ClusterDatabaseProblem.Unreachable, Unreachable(refused.MessageText)),
        _ => (ClusterDatabaseProblem.Other, $"Cannot use the {Place}: {refused.MessageText} ({refused.SqlState})."),
    };

    private (ClusterDatabaseProblem Problem, string Sentence) Outage(Exception exception)
    {
        var root = exception.GetBaseException();
        return root switch
        {
            SocketException => (ClusterDatabaseProblem.Unreachable, Unreachable(root.Message)),
            TimeoutException => (ClusterDatabaseProblem.Unreachable, Unreachable("it did not answer in time")),
            IOException => (ClusterDatabaseProblem.Unreachable, Unreachable("the connection was closed")),
            // The driver's own check: the server asks for a password, and the connection string has none.
            NpgsqlException when root.Message.Contains("password has been provided", StringComparison.Ordinal) => (ClusterDatabaseProblem.LoginRefused, LoginRefused("no password is given")),
            _ => (ClusterDatabaseProblem.Unreachable, Unreachable(root.Message.TrimEnd('.'))),
        };
    }

    private string Unreachable(string reason) => $"Cannot reach PostgreSQL at {Server}: {reason}.";

    private string LoginRefused(string reason) => $"Cannot log in to PostgreSQL at {Server} as '{_settings.Username}': {reason}.";

    private static ClusterDatabaseException NotValid() => new(ClusterDatabaseProblem.ConnectionString, $"The connection string of the database is not valid: {ExpectedForm}.");
}
