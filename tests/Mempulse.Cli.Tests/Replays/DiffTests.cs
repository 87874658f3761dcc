using System.Text.Json.Nodes;
using CsCheck;

namespace Mempulse.Cli.Tests.Replays;

public sealed class DiffTests(PlayedLog played)
{
    private static readonly string[] States = ["Seen", "Pending", "Queued", "Included", "Confirmed"];

    [Fact]
    public async Task An_empty_range_changes_nothing()
    {
        var run = await CliRun.InProcessAsync("diff", played.Directory, "--from", "5000", "--to", "5000", "--json");

        Assert.Equal(0, (int)run.Json["changedCount"]!);
        Assert.Equal((string)run.Json["from"]!["digest"]!, (string)run.Json["to"]!["digest"]!);
    }

    [Fact]
    public void The_moves_into_and_out_of_each_state_equal_the_change_of_its_count() => Gen.Select(Gen.ULong[0, played.Watermark], Gen.ULong[0, played.Watermark]).Sample(
        (one, other) =>
        {
            var run = CliRun.InProcessAsync("diff", played.Directory, "--from", $"{Math.Min(one, other)}", "--to", $"{Math.Max(1, Math.Max(one, other))}", "--json").GetAwaiter().GetResult();
            Assert.Equal(0, run.ExitCode);
            foreach (string state in States)
            {
                int net = Moved(run.Json, "to", state) - Moved(run.Json, "from", state);
                Assert.Equal((int)run.Json["to"]!["txs"]![state]! - (int)run.Json["from"]!["txs"]![state]!, net);
            }
        },
        iter: 10,
        threads: 1);

    [Fact]
    public async Task Changes_beyond_the_limit_are_counted_but_not_listed()
    {
        var run = await CliRun.InProcessAsync("diff", played.Directory, "--from", "0", "--limit", "3");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(3, run.Lines.Count(line => line.StartsWith("0x", StringComparison.Ordinal)));
        Assert.Matches("^and [0-9]+ more", run.Lines[^1]);
    }

    [Fact]
    public async Task A_descending_range_is_bad_usage()
    {
        var run = await CliRun.InProcessAsync("diff", played.Directory, "--from", "10", "--to", "9");

        Assert.Equal(2, run.ExitCode);
    }

    private static int Moved(JsonObject diff, string end, string state) =>
        diff["moves"]!.AsArray().Where(move => (string)move![end]! == state).Sum(move => (int)move!["count"]!);
}
