using System.Text.Json.Nodes;
using Mempulse.Cli.Tests.Opportunities;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Cli.Tests.Bundles;

/// <summary><c>mempulse bundles</c> and <c>mempulse relays</c> over a log of three bundles: one in a dry run, one that a relay accepted and another did not answer, one that is open.</summary>
public sealed class BundlesTests : IDisposable
{
    private readonly ScratchDirectory _scratch = new();
    private readonly GlobalSeq _beforeBlock;

    public BundlesTests()
    {
        var story = new Scenario().Block("base")
            .Fact(Built("dry", target: 101, isDryRun: true))
            .Fact(Built("sent", target: 101, isDryRun: false))
            .Fact(Started("titan")).Fact(Started("quasar"))
            .Fact(new LogEvent.RelayAttempt
            {
                Bundle = Named.Tx("sent"), Relay = "titan", Command = RelayCommandKind.SendBundle, Number = 1, Class = ErrorClass.None, Consequence = AttemptConsequence.Accepted, Status = 200, LatencyMicroseconds = 1_500, Detail = string.Empty, IsDryRun = false,
            })
            .Fact(new LogEvent.AttemptRefused(Named.Tx("sent"), "buildernet", RelayCommandKind.SendBundle, PreflightRule.CredentialMissing, "No credential.", IsDryRun: false));
        _beforeBlock = story.Log.Last;
        story.Block("b1").Fact(Built("open", target: 102, isDryRun: true));
        OppLog.Write(Log, story);
    }

    private string Log => _scratch["log"];

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task The_bundles_of_a_log_are_listed_the_newest_first_with_what_became_of_each()
    {
        var bundles = await ListAsync();
        var before = await ListAsync("--at", $"{_beforeBlock}");

        Assert.Equal([("open", "open"), ("sent", "expired"), ("dry", "dry_run")], bundles.Select(static bundle => (NameOf(bundle), (string)bundle["verdict"]!)));
        Assert.Equal([("sent", "open"), ("dry", "open")], before.Select(static bundle => (NameOf(bundle), (string)bundle["verdict"]!)));
        var requests = bundles[1]["requests"]!.AsArray();
        Assert.Equal([("buildernet", 0, "CredentialMissing"), ("quasar", 1, null), ("titan", 1, null)], requests.Select(static request => ((string)request!["relay"]!, (int)request["lastStarted"]!, (string?)request["refusal"])));
        Assert.Equal([null, null, "Accepted"], requests.Select(static request => (string?)request!["consequence"]));

        var text = await CliRun.InProcessAsync("bundles", Log);
        Assert.Equal(0, text.ExitCode);
        Assert.EndsWith(": 1 open, 2 decided, 0 forgotten", text.Lines[0], StringComparison.Ordinal);
        Assert.StartsWith($"{Named.Tx("open")}  open  for block 102  signed, dry run", text.Lines[1], StringComparison.Ordinal);
        Assert.Contains($"{Named.Tx("sent")}  expired (not_derivable)  for block 101  signed", text.Lines);
        Assert.Contains("    titan: SendBundle, attempt 1: Accepted, None", text.Lines);
        Assert.Contains("    quasar: SendBundle, attempt 1 not answered", text.Lines);
        Assert.Contains("    buildernet: SendBundle, refused before it left: CredentialMissing", text.Lines);
    }

    [Fact]
    public async Task Only_those_that_are_asked_for_are_listed()
    {
        Assert.Equal("dry", NameOf(Assert.Single(await ListAsync("--verdict", "dry_run"))));
        Assert.Equal("open", NameOf(Assert.Single(await ListAsync("--verdict", "open"))));
        Assert.Empty(await ListAsync("--verdict", "landed"));
        Assert.Equal("open", NameOf(Assert.Single(await ListAsync("--limit", "1"))));
    }

    [Fact]
    public async Task The_relays_of_a_log_are_listed_with_how_they_answered()
    {
        var run = await CliRun.InProcessAsync("relays", Log, "--json");
        var before = await CliRun.InProcessAsync("relays", Log, "--at", "2", "--json");
        var text = await CliRun.InProcessAsync("relays", Log);

        var titan = Assert.Single(run.Json["relays"]!.AsArray(), static relay => (string)relay!["relay"]! == "titan")!;
        Assert.Equal(("closed", true, 1, 1, 0, 1_500), ((string)titan["breaker"]!, (bool)titan["maySend"]!, (int)titan["attempts"]!, (int)titan["accepted"]!, (int)titan["failed"]!, (int)titan["latencyMicroseconds"]!));
        Assert.Empty(before.Json["relays"]!.AsArray());
        Assert.Contains("titan  breaker closed  weight 10000 of 10000", text.Lines);
        Assert.Contains(text.Lines, static line => line.StartsWith("    last 1 attempts: 1 accepted, 0 failed, median 1500 us; 0 bundles landed; last attempt in seq ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("'closed' is not a valid --verdict: expected one of base_fee_above, ", "--verdict", "closed")]
    [InlineData("'0' is not a valid --limit: expected 1 to 1000.", "--limit", "0")]
    [InlineData("'1001' is not a valid --limit: expected 1 to 1000.", "--limit", "1001")]
    public async Task What_is_not_valid_is_refused_with_its_reason(string reason, params string[] options)
    {
        var run = await CliRun.InProcessAsync(["bundles", Log, .. options]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
    }

    private static string NameOf(JsonNode bundle) => ((string[])["dry", "sent", "open"]).Single(name => Named.Tx(name).ToString() == (string)bundle["id"]!);

    private static LogEvent.AttemptStarted Started(string relay) => new()
    {
        Bundle = Named.Tx("sent"), Relay = relay, Command = RelayCommandKind.SendBundle, Number = 1, BackoffMilliseconds = 0, Seed = default, Request = default, IsDryRun = false,
    };

    private static LogEvent.BundleBuilt Built(string name, ulong target, bool isDryRun) => new()
    {
        Bundle = Named.Tx(name), Base = Named.Block("base"), Sim = Named.Tx("sim"), Opportunities = [Named.Tx("opp")], BaseNumber = new BlockNumber(100), Target = new BlockNumber(target), Strategy = "backrun-arbitrage", StrategyVersion = 2,
        Content = default, Operator = default, Account = default, Transactions = [], GasLimit = default, BaseFee = default, Tip = default, Payment = default, PaymentPolicy = "share/1", Profit = default,
        Uuid = name, Sequence = 1, IsSigned = true, IsDryRun = isDryRun, Token = default,
    };

    private async Task<List<JsonNode>> ListAsync(params string[] options)
    {
        var run = await CliRun.InProcessAsync(["bundles", Log, "--json", .. options]);
        Assert.Equal(0, run.ExitCode);
        return [.. run.Json["bundles"]!.AsArray().Select(static bundle => bundle!)];
    }
}
