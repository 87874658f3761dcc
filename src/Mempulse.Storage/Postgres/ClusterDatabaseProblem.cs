namespace Mempulse.Storage.Postgres;

/// <summary>Why the database of a cluster cannot be used.</summary>
public enum ClusterDatabaseProblem
{
    /// <summary>The database refused a statement for a reason that is not one of the others.</summary>
    Other,

    /// <summary>The connection string cannot be read, or names no host.</summary>
    ConnectionString,

    /// <summary>No PostgreSQL answers at the host and port, or it takes no connections now.</summary>
    Unreachable,

    /// <summary>The server has no database of this name.</summary>
    DatabaseMissing,

    /// <summary>The server refuses the user or the password.</summary>
    LoginRefused,

    /// <summary>The user may not do what is needed.</summary>
    PermissionDenied,

    /// <summary>The database has no schema of this program.</summary>
    SchemaMissing,

    /// <summary>The schema is older than this program.</summary>
    SchemaOlder,

    /// <summary>The schema is newer than this program.</summary>
    SchemaNewer,
}
