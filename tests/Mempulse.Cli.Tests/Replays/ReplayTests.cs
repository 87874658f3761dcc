using System.Globalization;
using CsCheck;

namespace Mempulse.Cli.Tests.Replays;

public sealed class ReplayTests(PlayedLog played)
{
    [Fact]
    public async Task Another_process_computes_the_same_digest_without_a_divergence()
    {
        var run = await CliRun.AsProcessAsync("replay", played.Directory, "--check", "--json");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(played.Digest, (string)run.Json["digest"]!);
        Assert.Equal(played.Watermark, (ulong)run.Json["seq"]!);
        Assert.Equal(0, (int)run.Json["divergences"]!);
        Assert.Equal(0, (int)run.Json["notYetLogged"]!);
    }

    [Fact]
    public async Task An_intermediate_digest_is_the_final_one_of_a_replay_that_ends_there()
    {
        var whole = await CliRun.InProcessAsync("replay", played.Directory, "--every", "1");
        var digests = whole.Lines.Take(whole.Lines.Count - 1).ToDictionary(line => ulong.Parse(line.Split(' ')[0], CultureInfo.InvariantCulture), line => line.Split(' ')[1]);
        Assert.Equal(played.Watermark - 1, (ulong)digests.Count);

        Gen.ULong[1, played.Watermark - 1].Sample(
            to =>
            {
                var part = CliRun.InProcessAsync("replay", played.Directory, "--to", to.ToString(CultureInfo.InvariantCulture)).GetAwaiter().GetResult();
                Assert.Equal($"final {to} {digests[to]}", part.Lines[^1]);
            },
            iter: 10,
            threads: 1);
    }

    [Fact]
    public async Task A_position_past_the_end_is_bad_usage()
    {
        var run = await CliRun.InProcessAsync("replay", played.Directory, "--to", $"{played.Watermark + 1}");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("past the log's last position", run.Error, StringComparison.Ordinal);
    }
}
