using Mempulse.Testing.Anvil;
using Mempulse.Testing.Postgres;

[assembly: AssemblyFixture(typeof(SharedPostgres))]

namespace Mempulse.Cli.Tests.Databases;

/// <summary><c>mempulse db</c> against a real server: the schema is made once, and no output has the password.</summary>
public sealed class DatabaseTests(SharedPostgres postgres) : IDisposable
{
    private readonly ScratchDirectory _scratch = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_migration_is_made_once_and_the_status_says_its_version()
    {
        string file = await FileOfNewDatabaseAsync();

        var before = await CliRun.InProcessAsync("db", "status", "--connection-file", file);
        var first = await CliRun.InProcessAsync("db", "migrate", "--connection-file", file);
        var second = await CliRun.InProcessAsync("db", "migrate", "--connection-file", file);
        var after = await CliRun.InProcessAsync("db", "status", "--connection-file", file);

        string place = first.Output[..first.Output.LastIndexOf(": ", StringComparison.Ordinal)];
        Assert.Matches(@"\Adatabase 'test_\d+' at 127\.0\.0\.1:\d+\z", place);
        Assert.Equal((3, string.Empty, $"mempulse: The {place} has no schema of Mempulse. Run: mempulse db migrate.\n"), (before.ExitCode, before.Output, before.Error));
        Assert.Equal((0, $"{place}: from version 0 to 1\n"), (first.ExitCode, first.Output));
        Assert.Equal((0, $"{place}: version 1 already\n"), (second.ExitCode, second.Output));
        Assert.Equal((0, $"{place}: version 1\n"), (after.ExitCode, after.Output));
    }

    [Fact]
    public async Task Text_and_json_say_the_same()
    {
        string file = await FileOfNewDatabaseAsync();

        var missing = await CliRun.InProcessAsync("db", "status", "--connection-file", file, "--json");
        var migrated = await CliRun.InProcessAsync("db", "migrate", "--connection-file", file, "--json");
        var status = await CliRun.InProcessAsync("db", "status", "--connection-file", file, "--json");
        var text = await CliRun.InProcessAsync("db", "status", "--connection-file", file);

        Assert.Equal((3, $"mempulse: {missing.Json["error"]}\n"), ((int)missing.Json["exitCode"]!, missing.Error));
        Assert.Equal((0, 1), ((int)migrated.Json["from"]!, (int)migrated.Json["to"]!));
        Assert.Equal($"{(string)status.Json["place"]!}: version {(int)status.Json["version"]!}\n", text.Output);
    }

    [Fact]
    public async Task The_connection_string_comes_from_the_environment_under_the_name_that_is_given()
    {
        var server = await postgres.ServerAsync();
        var environment = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["ConnectionStrings__mempulse"] = await postgres.CreateDatabaseAsync(Cancellation),
            ["ConnectionStrings__other"] = $"Host=127.0.0.1;Port={AnvilNode.FreePort()};Username=postgres;Password={server.Password}",
        };

        var named = await CliRun.AsProcessAsync(environment, "db", "migrate");
        var other = await CliRun.AsProcessAsync(environment, "db", "status", "--connection-name", "other");
        var missing = await CliRun.AsProcessAsync(environment, "db", "status", "--connection-name", "none");

        Assert.Equal((0, string.Empty), (named.ExitCode, named.Error));
        Assert.EndsWith(": from version 0 to 1\n", named.Output, StringComparison.Ordinal);
        Assert.Equal(3, other.ExitCode);
        Assert.StartsWith("mempulse: Cannot reach PostgreSQL at 127.0.0.1:", other.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Password, named.Output + other.Output + other.Error, StringComparison.Ordinal);
        Assert.Equal((2, "mempulse: The connection string of the database is missing: put it into ConnectionStrings__none, or give --connection-file.\n"), (missing.ExitCode, missing.Error));
    }

    [Theory]
    [InlineData("", "' is empty: expected a connection string.")]
    [InlineData("postgresql://postgres:planted@127.0.0.1/mempulse", "The connection string of the database is not valid: expected 'Host=...;")]
    public async Task A_file_without_a_connection_string_is_bad_usage_and_not_repeated(string content, string sentence)
    {
        await File.WriteAllTextAsync(_scratch["connection"], content, Cancellation);

        foreach (string command in (string[])["migrate", "status"])
        {
            var run = await CliRun.InProcessAsync("db", command, "--connection-file", _scratch["connection"]);

            Assert.Equal(2, run.ExitCode);
            Assert.Contains(sentence, run.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("planted", run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_missing_file_is_bad_usage() =>
        Assert.Equal(2, (await CliRun.InProcessAsync("db", "status", "--connection-file", _scratch["none"])).ExitCode);

    public void Dispose() => _scratch.Dispose();

    private async Task<string> FileOfNewDatabaseAsync()
    {
        await File.WriteAllTextAsync(_scratch["connection"], await postgres.CreateDatabaseAsync(Cancellation) + "\n", Cancellation);
        return _scratch["connection"];
    }
}
