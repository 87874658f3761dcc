using System.Text.Json.Nodes;

namespace Mempulse.Cli.Tests.Ranking;

/// <summary><c>mempulse explain</c> over the played log.</summary>
public sealed class ExplainTests(PlayedLog played)
{
    [Fact]
    public async Task A_transaction_is_explained_at_a_position_and_compared_with_another()
    {
        var (tx, other, seq) = await TwoTxsAsync();

        var run = await CliRun.InProcessAsync("explain", played.Directory, tx, other, "--at", seq, "--json");

        Assert.Equal((0, seq, "expected-value", "mempool/1+expected-value/1"), (run.ExitCode, (string)run.Json["seq"]!.ToString(), (string)run.Json["profile"]!, (string)run.Json["version"]!));
        Assert.Equal((tx, other), ((string)run.Json["tx"]!["tx"]!, (string)run.Json["other"]!["tx"]!));
        Assert.Equal(11, ((JsonArray)run.Json["tx"]!["flags"]!).Count);
        var comparison = ((JsonArray)run.Json["comparison"]!).Select(static line => (string)line!).ToList();
        Assert.Contains($"{tx}", comparison[0], StringComparison.Ordinal);
        Assert.Contains(" ranks above ", comparison[0], StringComparison.Ordinal);

        var text = await CliRun.InProcessAsync("explain", played.Directory, tx, other, "--at", seq);
        Assert.Equal($"seq {seq}, profile expected-value (mempool/1+expected-value/1)", text.Lines[0]);
        Assert.StartsWith($"{tx} scores ", text.Lines[1], StringComparison.Ordinal);
        Assert.Equal(comparison, text.Lines.TakeLast(comparison.Count));
    }

    [Fact]
    public async Task The_original_profile_is_chosen_by_its_name()
    {
        var (tx, _, seq) = await TwoTxsAsync();

        var run = await CliRun.InProcessAsync("explain", played.Directory, tx, "--at", seq, "--profile", "parity");

        Assert.Equal((0, $"seq {seq}, profile parity (traits/1+parity/1)"), (run.ExitCode, run.Lines[0]));
    }

    [Fact]
    public async Task What_is_not_valid_is_refused_with_its_reason()
    {
        var (tx, _, seq) = await TwoTxsAsync();
        string unknown = $"0x{new string('1', 64)}";

        await AssertRefusedAsync("'0x12' is not a valid transaction hash: expected 0x and 64 hex digits.", "0x12");
        await AssertRefusedAsync("'other' is not a valid --profile: expected one of expected-value, parity.", tx, "--profile", "other");
        await AssertRefusedAsync($"'{played.Watermark + 1}' is not a valid --at: expected 1 to the log's last position, {played.Watermark}.", tx, "--at", $"{played.Watermark + 1}");
        await AssertRefusedAsync($"The transaction {unknown} is not held at seq {seq}: its body did not come before, no registry was in force, or it was settled too long ago. Give another position with --at.", unknown, "--at", seq);
    }

    private async Task AssertRefusedAsync(string sentence, params string[] args)
    {
        var run = await CliRun.InProcessAsync(["explain", played.Directory, .. args]);

        Assert.Equal((2, $"mempulse: {sentence}"), (run.ExitCode, run.Error.Trim()));
    }

    /// <summary>Two transactions whose bodies are the first in the log, and the position of the second.</summary>
    private async Task<(string Tx, string Other, string Seq)> TwoTxsAsync()
    {
        var dump = await CliRun.InProcessAsync("log", "dump", played.Directory, "--to", "400", "--kind", "TxDecoded", "--json");
        var bodies = dump.Lines.Take(2).Select(static line => JsonNode.Parse(line)!).ToList();
        return ((string)bodies[0]["tx"]!, (string)bodies[1]["tx"]!, bodies[1]["seq"]!.ToString());
    }
}
