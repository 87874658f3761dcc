using System.Text.Json.Nodes;
using CsCheck;
using Mempulse.Primitives.Events;

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
    public async Task A_diff_has_both_states_and_its_moves_in_order()
    {
        var run = await CliRun.InProcessAsync("diff", played.Directory, "--from", "0");
        var json = await CliRun.InProcessAsync("diff", played.Directory, "--from", "0", "--json");

        Assert.Matches("^from 0 [0-9a-f]{32} head none$", run.Lines[0]);
        Assert.Equal($"to   {played.Watermark} {played.Digest} head {(string)json.Json["to"]!["head"]!}", run.Lines[1]);
        Assert.Matches("^[0-9]+ 0x[0-9a-f]{64}$", (string)json.Json["to"]!["head"]!);
        var moves = json.Json["moves"]!.AsArray().Select(move => (Enum.Parse<TxState>((string)move!["from"]!), Enum.Parse<TxState>((string)move["to"]!))).ToList();
        Assert.True(moves.Count > 1);
        Assert.Equal(moves.Order(), moves);
        Assert.Contains(run.Lines, line => line.EndsWith(" not held -> Confirmed", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(-1, true)]
    public async Task What_the_limit_leaves_out_is_counted(int lessThanAll, bool isCut)
    {
        int all = (int)(await CliRun.InProcessAsync("diff", played.Directory, "--from", "0", "--to", "500", "--json")).Json["changedCount"]!;

        var run = await CliRun.InProcessAsync("diff", played.Directory, "--from", "0", "--to", "500", "--limit", $"{all + lessThanAll}");

        Assert.Equal(isCut, run.Lines[^1] == "and 1 more; --limit lists them");
        Assert.Equal(all + lessThanAll, run.Lines.Count(line => line.StartsWith("0x", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_range_past_the_end_is_bad_usage()
    {
        var run = await CliRun.InProcessAsync("diff", played.Directory, "--from", "10", "--to", $"{played.Watermark + 1}");

        Assert.Equal((2, $"mempulse: '10 to {played.Watermark + 1}' is not a valid range: expected --from up to --to, and --to up to the log's last position, {played.Watermark}.\n"), (run.ExitCode, run.Error));
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
