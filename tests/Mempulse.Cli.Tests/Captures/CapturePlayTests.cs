using System.Text.Json.Nodes;
namespace Mempulse.Cli.Tests.Captures;

public sealed class CapturePlayTests(PlayedLog played)
{
    [Fact]
    public async Task Two_runs_write_the_same_bytes_in_every_file()
    {
        using var scratch = new ScratchDirectory();

        var again = await CliRun.AsProcessAsync("capture", "play", PlayedLog.SamplePath, "--out", scratch["again"]);

        Assert.Equal(0, again.ExitCode);
        Assert.Equal($"final {played.Watermark} {played.Digest}", again.Lines[^1]);
        string[] files = [.. Directory.GetFiles(played.Directory).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
        Assert.Equal(files, Directory.GetFiles(scratch["again"]).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
        foreach (string file in files)
        {
            Assert.True(FileContent.AreEqual(Path.Combine(played.Directory, file), Path.Combine(scratch["again"], file)), file);
        }
    }

    [Fact]
    public async Task A_play_counts_its_facts_and_its_derived_events()
    {
        using var scratch = new ScratchDirectory();
        var run = await CliRun.InProcessAsync("capture", "play", PlayedLog.SamplePath, "--out", scratch["log"], "--json");
        var events = (await CliRun.InProcessAsync("log", "dump", scratch["log"], "--json")).Lines.Select(line => JsonNode.Parse(line)!).ToList();

        Assert.Equal(events.Count(item => item["cause"] is not null), (int)run.Json["derived"]!);
        Assert.Equal(events.Count(item => item["cause"] is null) - 2, (int)run.Json["facts"]!); // the start of the epoch and the rules are not of the capture
    }

    [Fact]
    public async Task Statistics_of_a_capture_have_the_figures_of_its_play()
    {
        var stats = await CliRun.InProcessAsync("capture", "stats", PlayedLog.SamplePath, "--json");
        var events = (await CliRun.InProcessAsync("log", "dump", played.Directory, "--json")).Lines.Select(line => JsonNode.Parse(line)!).ToList();
        int Count(params string[] types) => events.Count(item => types.Contains((string)item["type"]!));

        Assert.Equal(Count("BlockObserved", "ReorgDetected", "AccountNonceObserved"), (int)stats.Json["facts"]!);
        Assert.InRange((int)stats.Json["bodies"]!, Count("TxDecoded"), Count("TxDecoded") * 2); // some are sent twice
        Assert.InRange(Count("TxSeen"), (int)stats.Json["sightings"]!, (int)stats.Json["sightings"]! + (int)stats.Json["bodies"]!); // a body that is pushed is a sighting
        Assert.InRange((double)stats.Json["seconds"]!, 60.0, 600.0);
    }

    [Fact]
    public async Task A_directory_that_is_not_empty_is_not_touched()
    {
        using var scratch = new ScratchDirectory();
        await File.WriteAllTextAsync(scratch["mine"], "mine", TestContext.Current.CancellationToken);

        var run = await CliRun.InProcessAsync("capture", "play", PlayedLog.SamplePath, "--out", scratch.Path);

        var file = await CliRun.InProcessAsync("capture", "play", PlayedLog.SamplePath, "--out", scratch["mine"]);

        Assert.Equal((2, 2), (run.ExitCode, file.ExitCode));
        Assert.Equal([scratch["mine"]], Directory.GetFileSystemEntries(scratch.Path));
        Assert.Equal("mine", await File.ReadAllTextAsync(scratch["mine"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_damaged_capture_gives_exit_code_1_with_file_and_offset()
    {
        using var scratch = new ScratchDirectory();
        byte[] bytes = await File.ReadAllBytesAsync(PlayedLog.SamplePath, TestContext.Current.CancellationToken);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(scratch["bad.mpc"], bytes, TestContext.Current.CancellationToken);

        var played = await CliRun.InProcessAsync("capture", "play", scratch["bad.mpc"], "--out", scratch["log"]);
        var counted = await CliRun.InProcessAsync("capture", "stats", scratch["bad.mpc"]);

        Assert.Equal((1, 1), (played.ExitCode, counted.ExitCode));
        Assert.Contains($"{scratch["bad.mpc"]} is damaged at offset ", played.Error, StringComparison.Ordinal);
        Assert.Equal(counted.Error, played.Error);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task An_interrupted_play_is_reported_and_leaves_a_complete_log(string signal)
    {
        using var scratch = new ScratchDirectory();

        var run = await CliRun.AsInterruptedProcessAsync(
            signal, () => Directory.Exists(scratch["log"]) && Directory.GetFiles(scratch["log"]).Length > 0,
            "capture", "play", PlayedLog.SamplePath, "--out", scratch["log"], "--speed", "1");
        var verified = await CliRun.InProcessAsync("log", "verify", scratch["log"]);

        Assert.Equal((130, "mempulse: Interrupted: what was written before is kept and complete.\n"), (run.ExitCode, run.Error));
        Assert.Equal(0, verified.ExitCode);
    }
}
