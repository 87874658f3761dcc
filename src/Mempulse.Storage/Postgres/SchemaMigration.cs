namespace Mempulse.Storage.Postgres;

/// <summary>What a migration did.</summary>
/// <param name="From">The version of the schema before; 0 without a schema.</param>
/// <param name="To">The version after it.</param>
public readonly record struct SchemaMigration(int From, int To);
