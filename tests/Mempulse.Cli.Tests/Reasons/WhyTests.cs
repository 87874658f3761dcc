using System.Text.Json.Nodes;
using Mempulse.Cli.Tests.Opportunities;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Cli.Tests.Reasons;

/// <summary><c>mempulse why</c> over a log.</summary>
public sealed class WhyTests : IDisposable
{
    private readonly ScratchDirectory _scratch = new();

    private string Log => _scratch["log"];

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Text_and_json_have_the_same_words()
    {
        var story = Write();
        string tx = Named.Tx("a").ToString();

        var json = await CliRun.InProcessAsync("why", tx, "--data", Log, "--json");
        var text = await CliRun.InProcessAsync("why", tx, "--data", Log);

        Assert.Equal((0, 0), (json.ExitCode, text.ExitCode));
        Assert.Equal(["subject", "id", "chain", "state", "headline", "asOfSeq", "asOfTime", "reasons", "truncated"], json.Json.Select(static member => member.Key));
        Assert.Equal(("transaction", tx, "Pending", story.Log.Last.Value), ((string)json.Json["subject"]!, (string)json.Json["id"]!, (string)json.Json["state"]!, (ulong)json.Json["asOfSeq"]!));
        var reasons = ((JsonArray)json.Json["reasons"]!).Select(static reason => reason!).ToList();
        Assert.Equal(["fee_below_base", "seen_by"], reasons.Select(static reason => (string)reason["verdict"]!));
        Assert.Equal(["verdict", "strength", "sentence", "numbers", "evidence", "evidenceCount", "wouldDecide"], reasons[0].AsObject().Select(static member => member.Key));
        Assert.Equal($"transaction {tx} is Pending: {(string)reasons[0]["sentence"]!}", text.Lines[0]);
        Assert.Equal((string)json.Json["headline"]!, text.Lines[0]);
        Assert.StartsWith($"at seq {story.Log.Last}, 2023-11-14T", text.Lines[1], StringComparison.Ordinal);
        Assert.Equal($" 1. fee_below_base (proof): {(string)reasons[0]["sentence"]!}", text.Lines[2]);
        Assert.Equal($"    evidence: {string.Join(", ", ((JsonArray)reasons[0]["evidence"]!).Select(static seq => (ulong)seq!))}", text.Lines[3]);
    }

    [Fact]
    public async Task The_answer_is_for_the_position_that_is_asked_for()
    {
        Write();

        var early = await CliRun.InProcessAsync("why", Named.Tx("a").ToString(), "--data", Log, "--at", "3", "--json");
        var late = await CliRun.InProcessAsync("why", Named.Tx("a").ToString(), "--data", Log, "--json");

        Assert.Equal(("Unknown", "unknown_here", 3ul), ((string)early.Json["state"]!, (string)early.Json["reasons"]![0]!["verdict"]!, (ulong)early.Json["asOfSeq"]!));
        Assert.Equal("Pending", (string)late.Json["state"]!);
    }

    [Fact]
    public async Task An_undecided_reason_says_what_would_decide_it()
    {
        Write();

        var run = await CliRun.InProcessAsync("why", Named.Tx("hash only").ToString(), "--data", Log);

        Assert.Contains("    would decide: Its body, from any node that has it.", run.Lines);
    }

    [Fact]
    public async Task An_id_of_a_bundle_is_answered_with_its_verdict_and_its_events()
    {
        var bundle = new LogEvent.BundleBuilt
        {
            Bundle = Named.Tx("bundle"), Base = Named.Block("base"), Sim = Named.Tx("sim"), Opportunities = [], BaseNumber = new BlockNumber(100), Target = new BlockNumber(101), Strategy = "s", StrategyVersion = 1,
            Content = default, Operator = default, Account = default, Transactions = [], GasLimit = default, BaseFee = default, Tip = default, Payment = default, PaymentPolicy = "share/1", Profit = default,
            Uuid = string.Empty, Sequence = 1, IsSigned = true, IsDryRun = true, Token = default,
        };
        OppLog.Write(Log, new Scenario().Block("base").Fact(bundle).Block("b1"));

        var run = await CliRun.InProcessAsync("why", Named.Tx("bundle").ToString(), "--data", Log);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal($"bundle {Named.Tx("bundle")} is dry_run: It was a dry run: nothing was sent.", run.Lines[0]);
        Assert.Equal(" 1. dry_run (proof): It was a dry run: nothing was sent.", run.Lines[2]);
        Assert.Contains(run.Lines, static line => line.StartsWith(" 2. built (proof): Built for block 101", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_directory_without_a_log_is_bad_usage()
    {
        var run = await CliRun.InProcessAsync("why", Named.Tx("a").ToString(), "--data", _scratch["nothing"]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(_scratch["nothing"], run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_valid_is_refused_with_its_reason()
    {
        var story = Write();
        ulong beyond = story.Log.Last.Value + 1;

        var id = await CliRun.InProcessAsync("why", "0x12", "--data", Log);
        var at = await CliRun.InProcessAsync("why", Named.Tx("a").ToString(), "--data", Log, "--at", $"{beyond}");

        Assert.Equal((2, "mempulse: '0x12' is not a valid id: expected 0x and 64 hex digits."), (id.ExitCode, id.Error.Trim()));
        Assert.Equal((2, $"mempulse: '{beyond}' is not a valid --at: expected 1 to the log's last position, {beyond - 1}."), (at.ExitCode, at.Error.Trim()));
    }

    private Scenario Write()
    {
        var story = new Scenario().Fact(new LogEvent.SourceConnected("alpha", "rpc", "ws://alpha", Scenario.Chain, "geth", IsSynthetic: false)).Block("base").Arrives("a", "alice", 0, fee: 5, tip: 1).Seen("hash only").Block("b1");
        OppLog.Write(Log, story);
        return story;
    }
}
