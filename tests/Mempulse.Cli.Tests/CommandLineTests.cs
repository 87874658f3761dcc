using Mempulse.Canon;
using Mempulse.Primitives;

namespace Mempulse.Cli.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("'--bogus' is not a valid command, argument or option", "--bogus")]
    [InlineData("A command is missing", "log")]
    [InlineData("A command is missing")]
    [InlineData("'verfy' is not a valid command", "log", "verfy", "somewhere")]
    [InlineData("Required argument 'DIR' missing", "replay")]
    [InlineData("There is no log in /nonexistent", "log", "verify", "/nonexistent")]
    [InlineData("There is no log in /nonexistent", "replay", "/nonexistent")]
    [InlineData("There is no capture at 'nowhere.mpc'", "capture", "stats", "nowhere.mpc")]
    [InlineData("'fast' is not a valid speed", "capture", "play", "nowhere.mpc", "--out", "x", "--speed", "fast")]
    [InlineData("'Bogus' is not a valid event kind: expected one of TxSeen, ", "log", "dump", "x", "--kind", "Bogus")]
    public async Task Bad_usage_prints_one_sentence_and_exits_with_code_2(string sentence, params string[] args)
    {
        var run = await CliRun.InProcessAsync(args);

        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.StartsWith("mempulse: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(sentence, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public async Task An_empty_log_is_not_replayed()
    {
        using var data = new ScratchDirectory();
        EventLog.Open(new EventLogOptions { Directory = data["1"], Chain = new ChainId(1) }).Dispose();

        foreach (string[] command in (string[][])[["replay"], ["diff", "--from", "0"], ["replay", "--from", "5"]])
        {
            var run = await CliRun.InProcessAsync([.. command, data["1"]]);

            Assert.Equal((2, $"mempulse: The log in '{data["1"]}' is empty.\n"), (run.ExitCode, run.Error));
        }
    }

    [Fact]
    public async Task Without_json_an_error_is_a_sentence_only()
    {
        var run = await CliRun.InProcessAsync("log", "stats", "/nonexistent");

        Assert.Equal((2, string.Empty, "mempulse: There is no log in /nonexistent.\n"), (run.ExitCode, run.Output, run.Error));
    }

    [Fact]
    public async Task With_json_an_error_is_an_object()
    {
        var run = await CliRun.InProcessAsync("log", "stats", "/nonexistent", "--json");

        Assert.Equal(2, (int)run.Json["exitCode"]!);
        Assert.Equal("There is no log in /nonexistent.", (string)run.Json["error"]!);
    }

    [Fact]
    public async Task A_node_s_data_directory_stands_for_the_only_log_in_it()
    {
        using var data = new ScratchDirectory();
        EventLog.Open(new EventLogOptions { Directory = data["1"], Chain = new ChainId(1) }).Dispose();
        string parent = data.Path;
        string[][] commands = [["log", "verify"], ["log", "stats"], ["log", "dump"]];

        foreach (string[] command in commands)
        {
            Assert.Equal(await CliRun.InProcessAsync([.. command, data["1"]]), await CliRun.InProcessAsync([.. command, parent]));
            Assert.Equal(0, (await CliRun.InProcessAsync([.. command, parent + "/"])).ExitCode);
        }
    }

    [Fact]
    public async Task Of_several_logs_in_a_data_directory_one_must_be_named()
    {
        using var data = new ScratchDirectory();
        string parent = data.Path;
        foreach (ulong chain in (ulong[])[1, 5])
        {
            EventLog.Open(new EventLogOptions { Directory = data[$"{chain}"], Chain = new ChainId(chain) }).Dispose();
        }

        foreach (string[] command in (string[][])[["log", "verify", parent], ["replay", parent], ["log", "stats", parent], ["sim", "rerun", $"0x{new string('1', 64)}", "--log", parent]])
        {
            var run = await CliRun.InProcessAsync(command);
            Assert.Equal((2, $"mempulse: '{parent}' has 2 logs: give one of {data["1"]}, {data["5"]}.\n"), (run.ExitCode, run.Error));
        }
    }

    [Fact]
    public async Task The_process_returns_the_same_exit_codes()
    {
        Assert.Equal(0, (await CliRun.AsProcessAsync("--help")).ExitCode);
        Assert.Equal(2, (await CliRun.AsProcessAsync("--bogus")).ExitCode);
        Assert.Equal(2, (await CliRun.AsProcessAsync("log", "verify", "/nonexistent")).ExitCode);
    }

    [Fact]
    public async Task Every_command_has_help()
    {
        string[][] commands = [["log", "verify"], ["log", "stats"], ["log", "dump"], ["replay"], ["diff"], ["capture", "make"], ["capture", "play"], ["capture", "stats"]];

        foreach (string[] command in commands)
        {
            var run = await CliRun.InProcessAsync([.. command, "--help"]);
            Assert.Equal(0, run.ExitCode);
            Assert.Contains("--json", run.Output, StringComparison.Ordinal);
        }
    }
}
