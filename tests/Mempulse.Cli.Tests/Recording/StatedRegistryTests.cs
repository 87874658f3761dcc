using System.Text.Json.Nodes;
using Mempulse.Cli.Invocation;
using Mempulse.Ethereum.Hashing;
using Mempulse.Storage.Rules;

namespace Mempulse.Cli.Tests.Recording;

/// <summary>A log that a command writes states the registry of its option, and a replay needs its content.</summary>
public sealed class StatedRegistryTests
{
    private const string Own = """{"format": 1}""";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_play_states_the_registry_of_its_option_or_the_shipped_one(bool isOwn)
    {
        using var scratch = new ScratchDirectory();
        await PlayAsync(scratch, isOwn);

        var dump = await CliRun.InProcessAsync("log", "dump", scratch["log"], "--kind", "RulesLoaded", "--json");

        var expected = isOwn ? Keccak256.Hash(System.Text.Encoding.UTF8.GetBytes(Own)) : RegistryFile.Read(RegistryFile.Shipped).Registry.ContentHash;
        var stated = JsonNode.Parse(Assert.Single(dump.Lines))!;
        Assert.Equal((2L, expected.ToString()), ((long)stated["seq"]!, (string)stated["payload"]!["contentHash"]!));
        Assert.Equal(0, (await CliRun.InProcessAsync("replay", scratch["log"], "--check")).ExitCode);
    }

    [Fact]
    public async Task A_log_that_was_copied_without_its_rules_is_replayed_only_if_they_are_the_shipped_ones()
    {
        foreach (bool isOwn in new[] { false, true })
        {
            using var scratch = new ScratchDirectory();
            await PlayAsync(scratch, isOwn);
            Directory.Delete(Path.Combine(scratch["log"], RulesStore.DirectoryName), recursive: true);

            var run = await CliRun.InProcessAsync("replay", scratch["log"]);

            Assert.Equal(isOwn ? ExitCode.Damage : ExitCode.Good, run.ExitCode);
            Assert.Equal(isOwn, run.Error.Contains($"is not in {Path.Combine(scratch["log"], "rules")}, or is damaged there. Copy it from where the log was recorded.", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("capture", "play", "{capture}")]
    [InlineData("record", "--rpc", "ws://127.0.0.1:1")]
    public async Task A_file_that_is_not_a_registry_is_bad_usage_and_leaves_no_directory(params string[] command)
    {
        using var scratch = new ScratchDirectory();
        await File.WriteAllTextAsync(scratch["own.json"], "{", TestContext.Current.CancellationToken);

        var run = await CliRun.InProcessAsync([.. command.Select(part => part == "{capture}" ? PlayedLog.SamplePath : part), "--out", scratch["log"], "--registry", scratch["own.json"]]);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains($"Cannot use the registry {scratch["own.json"]}: The registry is not JSON", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(scratch["log"]));
    }

    private static async Task PlayAsync(ScratchDirectory scratch, bool isOwn)
    {
        await File.WriteAllTextAsync(scratch["own.json"], Own, TestContext.Current.CancellationToken);
        string[] registry = isOwn ? ["--registry", scratch["own.json"]] : [];
        var run = await CliRun.InProcessAsync([.. new[] { "capture", "play", PlayedLog.SamplePath, "--out", scratch["log"] }, .. registry]);
        Assert.Equal(0, run.ExitCode);
    }
}
