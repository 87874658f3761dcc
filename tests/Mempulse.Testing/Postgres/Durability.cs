namespace Mempulse.Testing.Postgres;

/// <summary>Whether a test's database waits for its disk.</summary>
public enum Durability
{
    /// <summary>Nothing is synced: fast, and still consistent when the server is killed and started again.</summary>
    Unsynced,

    /// <summary>Commits are synced, as in production.</summary>
    Synced,
}
