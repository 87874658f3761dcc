using System.Text.Json.Nodes;
using CsCheck;

namespace Mempulse.Cli.Tests.Logs;

public sealed class LogCommandTests(PlayedLog played)
{
    [Fact]
    public async Task A_sound_log_is_reported_as_sound()
    {
        var run = await CliRun.InProcessAsync("log", "verify", played.Directory, "--json");

        Assert.Equal(0, run.ExitCode);
        Assert.True((bool)run.Json["sound"]!);
        Assert.Equal(played.Watermark, (ulong)run.Json["watermark"]!);
    }

    [Fact]
    public void A_flipped_byte_in_acknowledged_data_is_found_with_file_and_offset_and_nothing_is_changed()
    {
        string segment = Path.GetFileName(Directory.GetFiles(played.Directory, "*.wal").Single());
        long length = new FileInfo(Path.Combine(played.Directory, segment)).Length;

        // All but the footer, which holds no event.
        Gen.Select(Gen.Long[0, length - 65], Gen.Byte[1, 255]).Sample(
            (offset, flip) =>
            {
                using var scratch = new ScratchDirectory();
                played.CopyTo(scratch["log"]);
                string path = Path.Combine(scratch["log"], segment);
                byte[] bytes = File.ReadAllBytes(path);
                bytes[offset] ^= flip;
                File.WriteAllBytes(path, bytes);

                var run = CliRun.InProcessAsync("log", "verify", scratch["log"]).GetAwaiter().GetResult();

                Assert.Equal(1, run.ExitCode);
                Assert.Contains(path, run.Error, StringComparison.Ordinal);
                Assert.Matches("at offset [0-9]+ expected ", run.Error);
                Assert.True(bytes.AsSpan().SequenceEqual(File.ReadAllBytes(path)));
            },
            iter: 12,
            threads: 1);
    }

    [Fact]
    public async Task Damage_gives_exit_code_1_in_verify_and_replay()
    {
        using var scratch = new ScratchDirectory();
        played.CopyTo(scratch["log"]);
        string path = Directory.GetFiles(scratch["log"], "*.wal").Single();
        byte[] bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);

        var verified = await CliRun.AsProcessAsync("log", "verify", scratch["log"]);
        var replayed = await CliRun.AsProcessAsync("replay", scratch["log"]);

        Assert.Equal((1, 1), (verified.ExitCode, replayed.ExitCode));
        Assert.Contains(path, verified.Error, StringComparison.Ordinal);
        Assert.Contains(path, replayed.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(5_000)]
    [InlineData(200_000)]
    public async Task A_log_whose_end_was_zeroed_is_not_sound_and_a_dump_prints_the_rest_and_reports_the_loss(int zeroed)
    {
        using var scratch = new ScratchDirectory();
        played.CopyTo(scratch["log"]);
        string path = Directory.GetFiles(scratch["log"], "*.wal").Single();
        byte[] bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        bytes.AsSpan(bytes.Length - 64 - zeroed).Clear();
        await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);

        var verified = await CliRun.InProcessAsync("log", "verify", scratch["log"], "--json");
        var dumped = await CliRun.InProcessAsync("log", "dump", scratch["log"]);
        var replayed = await CliRun.InProcessAsync("replay", scratch["log"]);

        Assert.Equal((1, 1, 1), (verified.ExitCode, dumped.ExitCode, replayed.ExitCode));
        var damage = JsonNode.Parse(verified.Lines[^1])!["damage"]!.AsArray().Single()!;
        Assert.Equal(played.Watermark, (ulong)damage["lastLost"]!);
        Assert.Equal((int)(ulong)damage["firstLost"]! - 1, dumped.Lines.Count);
        Assert.Contains($"to {played.Watermark} are missing", dumped.Error, StringComparison.Ordinal);
        Assert.Contains("DURABLE", replayed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dump_and_statistics_continue_past_damage_on_request_and_a_replay_never_does()
    {
        using var scratch = new ScratchDirectory();
        played.CopyTo(scratch["log"]);
        string path = Directory.GetFiles(scratch["log"], "*.wal").Single();
        byte[] bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        bytes[bytes.Length / 4] ^= 1;
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);

        var stopped = await CliRun.InProcessAsync("log", "dump", scratch["log"]);
        var dumped = await CliRun.InProcessAsync("log", "dump", scratch["log"], "--past-damage");
        var counted = await CliRun.InProcessAsync("log", "stats", scratch["log"], "--past-damage", "--json");
        var replayed = await CliRun.InProcessAsync("replay", scratch["log"]);

        Assert.Equal((1, 1, 1, 1), (stopped.ExitCode, dumped.ExitCode, counted.ExitCode, replayed.ExitCode));
        Assert.Equal(2, dumped.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Count(line => line.Contains(path, StringComparison.Ordinal)));
        Assert.InRange(dumped.Lines.Count, stopped.Lines.Count + 1, (int)played.Watermark - 2);
        Assert.Equal(dumped.Lines.Count, (int)JsonNode.Parse(counted.Lines[^1])!["events"]!);
        Assert.StartsWith($"{played.Watermark} ", dumped.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stats_sum_to_the_number_of_events()
    {
        var run = await CliRun.InProcessAsync("log", "stats", played.Directory, "--json");

        Assert.Equal(played.Watermark, (ulong)run.Json["events"]!);
        Assert.Equal(played.Watermark, (ulong)run.Json["kinds"]!.AsArray().Sum(kind => (long)kind!["events"]!));
        Assert.Equal(["fold", "host", "playback", "rules"], run.Json["lanes"]!.AsArray().Select(lane => (string)lane!["lane"]!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_dump_has_every_event_once_and_in_order()
    {
        var run = await CliRun.InProcessAsync("log", "dump", played.Directory, "--json");

        var seqs = run.Lines.Select(line => (long)JsonNode.Parse(line)!["seq"]!);
        Assert.Equal(Enumerable.Range(1, (int)played.Watermark).Select(seq => (long)seq), seqs);
    }

    [Fact]
    public async Task A_dump_is_filtered_by_position_and_kind()
    {
        var cut = await CliRun.InProcessAsync("log", "dump", played.Directory, "--from", "3", "--to", "5");
        var blocks = await CliRun.InProcessAsync("log", "dump", played.Directory, "--kind", "BlockObserved", "--kind", "ReorgDetected");

        Assert.Equal(3, cut.Lines.Count);
        Assert.All(cut.Lines, line => Assert.Contains("SourceConnected playback/", line, StringComparison.Ordinal));
        Assert.Equal(14, blocks.Lines.Count);
    }
}
