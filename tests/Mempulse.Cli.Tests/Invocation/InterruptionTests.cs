using System.CommandLine;
using System.Diagnostics;
using Mempulse.Canon;
using Mempulse.Cli.Invocation;
using Mempulse.Cli.Terminals;
using Mempulse.Storage.Rules;
using Mempulse.Testing.Nodes;
using EventLog = Mempulse.Canon.EventLog;

namespace Mempulse.Cli.Tests.Invocation;

/// <summary>A command that is interrupted at any time says so, and what it has written is complete.</summary>
public sealed class InterruptionTests(PlayedLog played) : IDisposable
{
    private const string Sentence = "mempulse: Interrupted: what was written before is kept and complete.\n";

    private readonly ScratchDirectory _scratch = new();

    public static TheoryData<string> Commands => [.. Leaves(Root(), string.Empty).Select(leaf => leaf.Path)];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Before_it_starts_every_command_says_so_and_does_nothing(string command)
    {
        string[] arguments = command switch
        {
            "log verify" or "log stats" or "log dump" or "replay" => [played.Directory],
            "diff" => [played.Directory, "--from", "0"],
            "record" => ["--rpc", "ws://127.0.0.1:1", "--out", _scratch["out"]],
            "top" => [],
            "sim rerun" => ["0x" + new string('1', 64), "--log", played.Directory],
            "capture make" => ["--blocks", _scratch.Path, "--out", _scratch["out"]],
            "capture excerpt" => ["--blocks", _scratch.Path, "--numbers", "1", "--out", _scratch["out"]],
            "capture play" => [PlayedLog.SamplePath, "--out", _scratch["out"]],
            "capture stats" => [PlayedLog.SamplePath],
            "opps" or "bundles" or "relays" => [played.Directory],
            "explain" => [played.Directory, "0x" + new string('1', 64)],
            "why" => ["0x" + new string('1', 64), "--data", played.Directory],
            "audit" => ["head", "--data", played.Directory],
            "trace export" => ["0x" + new string('1', 64), "--data", played.Directory],
            "case export" => ["0x" + new string('1', 64), "--data", played.Directory, "--out", _scratch["out"]],
            "case verify" => [PlayedLog.SamplePath],
            "key new" => ["one"],
            "db migrate" or "db status" => ["--connection-file", "/dev/null"],
            "registry check" => [RegistryFile.Shipped],
            "registry import" => [_scratch.Path, "--out", _scratch["out"]],
            "relay-sim" => [],
            "executor deploy" => ["--rpc", "http://127.0.0.1:1", "--weth", "0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2"],
            "decode" => ["0xd0e30db0", "--to", "0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2"],
            _ => throw new UnreachableException($"'{command}' has no row."),
        };

        var run = await CliRun.InProcessAsync(TimeProvider.System, new CancellationToken(canceled: true), [.. command.Split(' '), .. arguments, "--json"]);

        Assert.Equal((130, Sentence), (run.ExitCode, run.Error));
        Assert.Equal(130, (int)run.Json["exitCode"]!);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_scratch.Path));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(13)]
    [InlineData(40)]
    public async Task A_play_that_is_interrupted_anywhere_says_so_and_leaves_a_sound_log(int look)
    {
        using var interruption = new CancellationTokenSource();
        var time = new InterruptingTime(look, interruption);

        var run = await CliRun.InProcessAsync(time, interruption.Token, "capture", "play", PlayedLog.SamplePath, "--out", _scratch["log"], "--speed", "1");

        Assert.True(time.HasInterrupted);
        Assert.Equal((130, Sentence), (run.ExitCode, run.Error));
        if (Directory.Exists(_scratch["log"]))
        {
            Assert.Equal(0, (await CliRun.InProcessAsync("log", "verify", _scratch["log"])).ExitCode);
            EventLog.Open(new EventLogOptions { Directory = _scratch["log"], Chain = LogDirectory.ChainOf(_scratch["log"]) }).Dispose(); // the play has ended: it does not hold the log
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(10)]
    [InlineData(30)]
    public async Task A_recording_that_is_interrupted_anywhere_ends_with_a_sentence_and_a_sound_log(int look)
    {
        await using var node = new ScriptedNode();
        using var interruption = new CancellationTokenSource();
        var time = new InterruptingTime(look, interruption);

        var run = await CliRun.InProcessAsync(time, interruption.Token, "record", "--rpc", node.HttpAddress, "--out", _scratch["log"], "--for", "60");

        Assert.True(time.HasInterrupted);
        Assert.Contains(run.ExitCode, (int[])[0, 3, 130]); // stopped like Ctrl-C, without a word from the node, or before it began
        Assert.NotEmpty(run.ExitCode == 0 ? run.Output : run.Error);
        Assert.Equal(0, (await CliRun.InProcessAsync("log", "verify", _scratch["log"])).ExitCode);
    }

    [Fact]
    public async Task A_command_that_cannot_be_interrupted_is_left_after_a_time_with_the_sentence()
    {
        string pipe = _scratch["pipe.mpc"];
        using (var made = Process.Start("mkfifo", [pipe]))
        {
            await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        using var interruption = new CancellationTokenSource();
        var running = CliRun.InProcessAsync(new HastyTime(), interruption.Token, "capture", "stats", pipe); // waits for a writer
        await interruption.CancelAsync();
        var run = await running;
        await File.WriteAllBytesAsync(pipe, [], TestContext.Current.CancellationToken); // releases the thread

        Assert.Equal((130, Sentence), (run.ExitCode, run.Error));
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_signal_in_the_first_moments_of_the_process_is_a_sentence(string signal)
    {
        string started = _scratch["started"];

        // The directory of the log is the first thing that a play makes: before it, no command has done anything.
        var run = await CliRun.AsInterruptedProcessAsync(signal, () => Directory.Exists(started), "capture", "play", PlayedLog.SamplePath, "--out", started, "--speed", "1");

        Assert.Equal((130, Sentence), (run.ExitCode, run.Error));
    }

    public void Dispose() => _scratch.Dispose();

    private static RootCommand Root() => CommandLine.BuildRoot(new CommandContext(new Terminal(TextWriter.Null, TextWriter.Null, WriterKind.File, WriterKind.File), TimeProvider.System));

    private static IEnumerable<(string Path, Command Command)> Leaves(Command command, string path) => command.Subcommands.Count == 0
        ? [(path, command)]
        : command.Subcommands.SelectMany(child => Leaves(child, path.Length == 0 ? child.Name : $"{path} {child.Name}"));
}
