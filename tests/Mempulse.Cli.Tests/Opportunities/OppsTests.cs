using System.Text.Json.Nodes;
using Mempulse.Canon;
using Mempulse.Canon.Files;
using Mempulse.Features.Registry;
using Mempulse.Folding;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Storage.Rules;
using Mempulse.Testing.Contracts;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Cli.Tests.Opportunities;

/// <summary><c>mempulse opps</c> over a log in which a pending swap moves one of two pools.</summary>
public sealed class OppsTests : IDisposable
{
    private const string Strategy = "backrun-arbitrage";

    private static readonly Address s_router = Address.Parse("0x7a250d5630b4cf539739df2c5dacb4c659f2488d"); // UniswapV2Router02
    private static readonly Address s_ether = Address.Parse("0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2");
    private static readonly Address s_token = Address.Parse("0x00000000000000000000000000000000000000b1");

    private readonly ScratchDirectory _scratch = new();
    private readonly GlobalSeq _beforeEnd;

    public OppsTests()
    {
        var registry = RegistryFile.Read(RegistryFile.Shipped);
        var rules = RulesStore.Beside(Log, PosixFileSystem.Instance);
        Directory.CreateDirectory(Log);
        rules.Put(registry.Content.Span);
        var story = new Scenario(composition: FoldComposition.Default.Reading(rules));
        story.Fact(new LogEvent.RulesLoaded(RuleSet.Registry, registry.Registry.ContentHash, (ulong)registry.Content.Length, registry.Name)).Block("base");
        story.Decoded(new ScenarioTx("swap", "sender", 0) { Call = (s_router, Swap()) });
        foreach (string protocol in new[] { "uniswap-v2", "sushiswap" })
        {
            story.Fact(new LogEvent.PoolObserved(Named.Block("base"), story.NumberOf("base"), Pair(registry.Registry, protocol), default, IsProven: true, [new ObservedSlot(8, Reserves())]));
        }

        _beforeEnd = story.Log.Last;
        story.Block("b1", "swap");
        Write(story);
    }

    private string Log => _scratch["log"];

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task The_opportunities_of_a_log_are_listed_at_a_position()
    {
        var before = await ListAsync("--at", $"{_beforeEnd}", "--strategy", Strategy);
        var after = await ListAsync("--strategy", Strategy);

        var open = Assert.Single(before);
        Assert.Equal(("Open", Strategy, Named.Tx("swap").ToString(), null), ((string)open["status"]!, (string)open["strategy"]!, (string)open["trigger"]!, (string?)open["reason"]));
        Assert.Equal(2, open["legs"]!.AsArray().Count);
        var closed = Assert.Single(after);
        Assert.Equal(("Invalidated", "TriggerIncluded", (string)open["id"]!), ((string)closed["status"]!, (string)closed["reason"]!, (string)closed["id"]!));

        var text = await CliRun.InProcessAsync("opps", Log, "--at", $"{_beforeEnd}", "--strategy", Strategy);
        Assert.Equal(0, text.ExitCode);
        Assert.StartsWith($"after seq {_beforeEnd}: 2 open, 0 closed, 2 detected, ", text.Lines[0], StringComparison.Ordinal);
        Assert.StartsWith($"{open["id"]}  open  {Strategy}/1  score {open["score"]} ", text.Lines[1], StringComparison.Ordinal);
        Assert.Contains($"gains {open["profit"]} of {s_ether}, the maximum", text.Lines[2], StringComparison.Ordinal);
        Assert.Equal(5, text.Lines.Count(static line => line.Length > 0));
    }

    [Fact]
    public async Task Only_those_that_are_asked_for_are_listed()
    {
        string at = $"{_beforeEnd}";
        long score = long.Parse((string)Assert.Single(await ListAsync("--at", at, "--strategy", Strategy))["score"]!, System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(2, (await ListAsync("--at", at, "--status", "open")).Count);
        Assert.Empty(await ListAsync("--at", at, "--status", "invalidated"));
        Assert.Empty(await ListAsync("--at", at, "--status", "expired"));
        Assert.Single(await ListAsync("--at", at, "--strategy", Strategy));
        Assert.Empty(await ListAsync("--at", at, "--strategy", "other"));
        Assert.Single(await ListAsync("--at", at, "--strategy", Strategy, "--min-score", $"{score}"));
        Assert.Empty(await ListAsync("--at", at, "--strategy", Strategy, "--min-score", $"{score + 1}"));
        Assert.Single(await ListAsync("--at", at, "--limit", "1"));
    }

    [Theory]
    [InlineData("'closed' is not a valid --status: expected open, invalidated or expired.", "--status", "closed")]
    [InlineData("'0' is not a valid --limit: expected 1 to 1000.", "--limit", "0")]
    [InlineData("'1001' is not a valid --limit: expected 1 to 1000.", "--limit", "1001")]
    public async Task What_is_not_valid_is_refused_with_its_reason(string reason, params string[] options)
    {
        var run = await CliRun.InProcessAsync(["opps", Log, .. options]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
    }

    private async Task<List<JsonNode>> ListAsync(params string[] options)
    {
        var run = await CliRun.InProcessAsync(["opps", Log, "--json", .. options]);
        Assert.Equal(0, run.ExitCode);
        return [.. run.Json["opportunities"]!.AsArray().Select(static opportunity => opportunity!)];
    }

    private void Write(Scenario story)
    {
        using var log = EventLog.Open(new EventLogOptions { Directory = Log, Chain = Scenario.Chain });
        foreach (var record in story.Log.ScanAfter(GlobalSeq.None))
        {
            var batch = new EventBatch(record.Lane);
            batch.AddCopy(record, record.Meta);
            log.AppendAsync(batch, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        }
    }

    private static Address Pair(ContractRegistry registry, string protocol)
    {
        var factory = registry.PoolsOf(Scenario.Chain).Factories.Single(each => each.Protocol == protocol);
        return factory.PoolOf(s_token, s_ether, factory.Tiers[0]);
    }

    /// <summary>1,000 ether against 1,000,000 tokens.</summary>
    private static UInt256 Reserves()
    {
        UInt256 ether = (UInt256)1_000_000_000_000_000_000 * 1_000;
        UInt256.ShiftLeft(ether, 112, out var high);
        return (ether * 1_000) + high;
    }

    private static byte[] Swap() =>
        CallData.Of("swapExactTokensForTokens(uint256,uint256,address[],address,uint256)").Add((UInt256)1_000_000_000_000_000_000 * 50).Add(1).Add(160).Add(s_router).Add(4_000_000_000).Add(2).Add(s_ether).Add(s_token).ToArray();
}
