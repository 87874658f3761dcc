using System.Globalization;
using System.Text.Json.Nodes;

namespace Mempulse.Cli.Tests.Logs;

/// <summary>The lines and the figures of <c>mempulse log</c>, beside what the log has.</summary>
public sealed class LogTextTests(PlayedLog played)
{
    [Fact]
    public async Task A_line_has_position_time_kind_cause_lane_keys_and_payload()
    {
        var run = await CliRun.InProcessAsync("log", "dump", played.Directory);

        string seen = run.Lines.First(line => line.Contains(" TxSeen ", StringComparison.Ordinal));
        string included = run.Lines.First(line => line.Contains(" TxIncluded ", StringComparison.Ordinal));
        Assert.Matches(@"^\d+ \d{4}-\d\d-\d\dT\S+Z TxSeen playback/\d+ .*tx=0x[0-9a-f]{64}.* \{.*\}$", seen);
        Assert.Matches(@"^\d+ \d{4}-\d\d-\d\dT\S+Z TxIncluded of \d+ fold/\d+ tx=0x[0-9a-f]{64} .*block=0x[0-9a-f]{64}.* \{.*\}$", included);
    }

    [Fact]
    public async Task Beyond_the_end_of_a_log_a_dump_has_nothing()
    {
        var run = await CliRun.InProcessAsync("log", "dump", played.Directory, "--from", $"{played.Watermark + 1}", "--to", $"{played.Watermark + 5}");

        Assert.Equal((0, string.Empty, string.Empty), (run.ExitCode, run.Output, run.Error));
    }

    [Fact]
    public async Task Position_0_is_bad_usage()
    {
        foreach (string[] command in (string[][])[["log", "dump", "--from", "0"], ["log", "dump", "--to", "0"], ["replay", "--to", "0"], ["replay", "--every", "0"]])
        {
            var run = await CliRun.InProcessAsync([.. command, played.Directory]);

            Assert.Equal((2, $"mempulse: '0' is not a valid position for {command[^2]}: expected 1 or more.\n"), (run.ExitCode, run.Error));
        }
    }

    [Fact]
    public async Task Statistics_have_the_figures_of_the_events()
    {
        var events = (await CliRun.InProcessAsync("log", "dump", played.Directory, "--json")).Lines.Select(line => JsonNode.Parse(line)!).ToList();
        var stats = (await CliRun.InProcessAsync("log", "stats", played.Directory, "--json")).Json;

        var lanes = stats["lanes"]!.AsArray().ToDictionary(lane => (string)lane!["lane"]!, lane => lane!);
        Assert.Equal(
            events.GroupBy(item => (string)item["type"]!).Select(kind => (kind.Key, kind.Count())).Order(),
            stats["kinds"]!.AsArray().Select(kind => ((string)kind!["kind"]!, (int)kind["events"]!)).Order());
        long bytes = (long)stats["recordBytes"]! - (8 * events.Count); // each record has a length and a checksum before it
        Assert.Equal((bytes, bytes), (stats["kinds"]!.AsArray().Sum(kind => (long)kind!["bytes"]!), lanes.Values.Sum(lane => (long)lane["bytes"]!)));
        Assert.Equal(events.Select(item => Nanoseconds((string)item["time"]!)).Min(), (long)stats["firstTimestampNs"]!);
        Assert.Equal(events.Select(item => Nanoseconds((string)item["time"]!)).Max(), (long)stats["lastTimestampNs"]!);
        var derived = events.Where(item => item["cause"] is not null).OrderBy(item => (ulong)item["cause"]!).ThenBy(item => (ulong)item["localSeq"]!).Last();
        var fact = events.Where(item => item["lane"]!.ToString() == events[5]["lane"]!.ToString()).Last();
        Assert.Equal(((ulong)derived["cause"]!, (ulong)derived["localSeq"]!), ((ulong)lanes["fold"]["lastCause"]!, (ulong)lanes["fold"]["lastLocalSeq"]!));
        Assert.Equal((0UL, (ulong)fact["localSeq"]!), ((ulong)lanes["playback"]["lastCause"]!, (ulong)lanes["playback"]["lastLocalSeq"]!));
    }

    [Fact]
    public async Task A_verification_names_what_it_read_and_each_damaged_place()
    {
        using var scratch = new ScratchDirectory();
        played.CopyTo(scratch["log"]);
        var sound = await CliRun.InProcessAsync("log", "verify", scratch["log"], "--json");
        string path = Directory.GetFiles(scratch["log"], "*.wal").Single();
        byte[] bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal((1UL, 1, played.Watermark), ((ulong)sound.Json["oldest"]!, (int)sound.Json["segments"]!, (ulong)sound.Json["events"]!));
        Assert.InRange((int)sound.Json["frames"]!, 2, (int)played.Watermark);
        foreach (int places in (int[])[1, 2])
        {
            bytes[bytes.Length / (places * 2)] ^= 1;
            await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);

            var damaged = await CliRun.InProcessAsync("log", "verify", scratch["log"]);

            Assert.Equal((1, $"{scratch["log"]} is damaged in {(places == 1 ? "1 place" : "2 places")}."), (damaged.ExitCode, damaged.Lines[0]));
            Assert.Equal(places, damaged.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Count(line => line.StartsWith("mempulse: ", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task Damage_that_holds_no_event_has_lost_none()
    {
        using var scratch = new ScratchDirectory();
        played.CopyTo(scratch["log"]);
        string path = Directory.GetFiles(scratch["log"], "*.wal").Single();
        byte[] bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        bytes[8] ^= 1; // the header of the segment
        await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);

        var verified = await CliRun.InProcessAsync("log", "verify", scratch["log"], "--json");

        var damage = verified.Json["damage"]![0]!;
        Assert.Equal((1, path, damage["lastLost"] is null), (verified.ExitCode, (string)damage["file"]!, damage["firstLost"] is null));
    }

    private static long Nanoseconds(string time) =>
        (DateTimeOffset.Parse(time[..19] + "Z", CultureInfo.InvariantCulture).ToUnixTimeSeconds() * 1_000_000_000) + long.Parse(time[20..29], CultureInfo.InvariantCulture);
}
