using System.CommandLine;
using System.Text.Json.Nodes;
using Mempulse.Storage.Postgres;

namespace Mempulse.Cli.Databases;

/// <summary><c>mempulse db</c>: the schema that the silos of a cluster share in PostgreSQL. The connection string is a secret, so no option takes it.</summary>
internal static class DatabaseCommands
{
    private const string DefaultName = "mempulse";
    private const string VariablePrefix = "ConnectionStrings__";

    public static Command Build(CommandContext context) => new("db", "The database that the silos of a cluster share.") { BuildMigrate(context), BuildStatus(context) };

    private static Command BuildMigrate(CommandContext context)
    {
        var source = new ConnectionSource();
        var command = new Command("migrate", "Make or update the schema. Repeating it changes nothing.") { source.Name, source.File };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string connectionString = source.Read(parsed);
            var migration = await ClusterSchema.MigrateAsync(connectionString, cancellationToken).ConfigureAwait(false);
            string place = ClusterDatabase.Of(connectionString).Place;
            context.Write(
                parsed,
                output => output.WriteLine(migration.From == migration.To ? $"{place}: version {migration.To} already" : $"{place}: from version {migration.From} to {migration.To}"),
                () => new JsonObject { ["place"] = place, ["from"] = migration.From, ["to"] = migration.To });
            return ExitCode.Good;
        });
        return command;
    }

    private static Command BuildStatus(CommandContext context)
    {
        var source = new ConnectionSource();
        var command = new Command("status", "Print the version of the schema; exit with 3 if this program cannot use it.") { source.Name, source.File };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string connectionString = source.Read(parsed);
            await ClusterSchema.ThrowIfUnusableAsync(connectionString, cancellationToken).ConfigureAwait(false);
            string place = ClusterDatabase.Of(connectionString).Place;
            context.Write(
                parsed,
                output => output.WriteLine($"{place}: version {ClusterSchema.CurrentVersion}"),
                () => new JsonObject { ["place"] = place, ["version"] = ClusterSchema.CurrentVersion });
            return ExitCode.Good;
        });
        return command;
    }

    /// <summary>The options that say where the connection string is.</summary>
    private sealed class ConnectionSource
    {
        public Option<string> Name { get; } = new("--connection-name")
        {
            Description = $"The connection string is in the environment variable {VariablePrefix}NAME, as Aspire passes it.", DefaultValueFactory = static _ => DefaultName,
        };

        public Option<string?> File { get; } = new("--connection-file") { Description = "A file with the connection string, instead of the environment." };

        /// <exception cref="UsageException">The connection string is missing or not valid.</exception>
        public string Read(ParseResult parsed)
        {
            string text = parsed.GetValue(File) is { } path ? FromFile(path) : FromEnvironment(VariablePrefix + parsed.GetRequiredValue(Name));
            try
            {
                ClusterDatabase.Of(text);
                return text;
            }
            catch (ClusterDatabaseException e)
            {
                throw new UsageException(e.Message, e);
            }
        }

        private static string FromFile(string path) => System.IO.File.ReadAllText(path).Trim() is { Length: > 0 } text
            ? text
            : throw new UsageException($"'{path}' is empty: expected a connection string.");

        private static string FromEnvironment(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
            ? text
            : throw new UsageException($"The connection string of the database is missing: put it into {variable}, or give --connection-file.");
    }
}
