using System.Text;
using Mempulse.Ethereum.Hashing;
using Mempulse.Features.Book;
using Mempulse.Features.Opportunities;
using Mempulse.Features.Registry;
using Mempulse.Features.Rules;
using Mempulse.Features.Scoring;
using Mempulse.Features.Strategies;
using Mempulse.Folding;
using Mempulse.Grains.Abstractions.Opportunities;
using Mempulse.Grains.Mempool;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Contracts;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Grains.Tests.Mempool;

/// <summary>Answers about opportunities have the figures of the fold, and what a query asks for.</summary>
public sealed class OpportunityAnswersTests : IRulesContents
{
    private static readonly Address s_router = Address.Parse("0x00000000000000000000000000000000000000aa");
    private static readonly Address s_ether = Address.Parse("0x00000000000000000000000000000000000000e0");
    private static readonly Address s_token = Address.Parse("0x00000000000000000000000000000000000000b1");
    private static readonly UInt256 s_reserve = 1_000_000_000_000_000_000;

    private static readonly byte[] s_registry = Encoding.UTF8.GetBytes($$$"""
        {"format": 1, "wrappedEther": {"1": "{{{s_ether}}}"}, "hubs": {"1": ["{{{s_ether}}}"]},
         "factories": [{{{Factory("f1")}}}, {{{Factory("f2")}}}],
         "abis": {"router": {"protocol": "p", "functions": [
           {"signature": "swap(uint256 amountIn, uint256 minimum, address tokenIn, address tokenOut, address pool)", "category": "swap", "effects": [
             {"kind": "swap", "tokenIn": "tokenIn", "tokenOut": "tokenOut", "amountIn": "amountIn", "amountOut": {"minimum": "minimum"}, "counterparty": "@sender", "route": {"pools": "pool"}}]}]}},
         "contracts": [{"address": "{{{s_router}}}", "name": "Router", "protocol": "p", "kind": "dex", "abis": ["router"]}]}
        """);

    private static readonly byte[] s_noGains = ScoringChoice.Write(OpportunityScoring.Default with { Budget = new HandOnBudget(Ranks: 0, Opportunities: 0) });

    private readonly Scenario _story;

    public OpportunityAnswersTests()
    {
        _story = new Scenario(composition: FoldComposition.Default.Reading(this))
            .Fact(new LogEvent.RulesLoaded(RuleSet.Registry, Keccak256.Hash(s_registry), (ulong)s_registry.Length, "made.json"))
            .Block("base");
        UInt256.ShiftLeft(s_reserve, 112, out var second);
        Swap("victim");
        foreach (string factory in new[] { "f1", "f2" })
        {
            _story.Fact(new LogEvent.PoolObserved(
                Named.Block("base"), _story.NumberOf("base"), PoolOf(factory).Contract, default, IsProven: true, [new ObservedSlot(8, s_reserve + second)]));
        }
    }

    string IRulesContents.Place => "memory";

    bool IRulesContents.TryRead(in Hash256 hash, out ReadOnlyMemory<byte> content)
    {
        content = hash == Keccak256.Hash(s_noGains) ? s_noGains : s_registry;
        return hash == Keccak256.Hash(content.Span);
    }

    [Fact]
    public void A_page_counts_what_there_is_and_lists_the_best_first()
    {
        var page = Page(new OppQuery(string.Empty, string.Empty, null, 100));

        Assert.Equal((2, 0, 2UL, 2UL, 2), (page.Open, page.Closed, page.Detected, page.HandedOn, page.PoolsHeld));
        Assert.Equal((_story.Engine.Applied, _story.Engine.View<IPoolWatch>().WantedCount), (page.AsOf, page.PoolsWanted));
        Assert.Equal(StrategyCatalog.All.Select(static strategy => $"{strategy.Id}/{strategy.Version}"), page.Strategies);
        Assert.All(page.Opportunities, static opp => Assert.Equal("it was tried", opp.Problem));
        Assert.Equal(["backrun-arbitrage", "exposure"], page.Opportunities.Select(static opp => opp.Strategy).Order());
        Assert.Equal(page.Opportunities.OrderByDescending(static opp => opp.Score).Select(static opp => opp.Id), page.Opportunities.Select(static opp => opp.Id));
    }

    [Fact]
    public void A_query_chooses_by_status_strategy_score_and_number()
    {
        long best = Page(new OppQuery(string.Empty, string.Empty, null, 1)).Opportunities.Single().Score;

        Assert.Equal(2, Page(new OppQuery("open", string.Empty, null, 100)).Opportunities.Count);
        Assert.Empty(Page(new OppQuery("invalidated", string.Empty, null, 100)).Opportunities);
        Assert.Equal("exposure", Page(new OppQuery(string.Empty, "exposure", null, 100)).Opportunities.Single().Strategy);
        Assert.Empty(Page(new OppQuery(string.Empty, string.Empty, best + 1, 100)).Opportunities);
        Assert.Single(Page(new OppQuery(string.Empty, string.Empty, best, 1)).Opportunities);
    }

    [Fact]
    public void One_has_the_legs_that_were_detected_with_the_forms_of_their_pools()
    {
        var detected = _story.Engine.View<IOpportunityView>().List(new OpportunityQuery { Strategy = "backrun-arbitrage" }).Single().Detected;

        var view = OpportunityAnswers.OfTx(_story.Engine, Named.Tx("victim")).Single(static opp => opp.Strategy == "backrun-arbitrage");

        Assert.Equal((detected.Opp, detected.Trigger, detected.Base, true), (view.Id, view.Trigger, view.Base, view.IsHandedOn));
        Assert.Equal(
            detected.Legs.Select(static leg => (leg.Pool, leg.TokenIn, leg.TokenOut, leg.AmountIn, leg.AmountOut, OppLegForm.Pair)),
            view.Legs.Select(static leg => (leg.Pool, leg.TokenIn, leg.TokenOut, leg.AmountIn, leg.AmountOut, leg.Form)));
        Assert.Equal(["f1", "f2"], view.Legs.Select(static leg => leg.Protocol).Order());
    }

    [Fact]
    public void Figures_for_metrics_are_those_of_the_fold()
    {
        _story.Block("b1", "victim");

        Assert.Equal([("open", 0L), ("closed", 2L)], OpportunityAnswers.Counts(_story.Engine));
        Assert.Equal([("detected", 2L), ("handed_on", 2L)], OpportunityAnswers.Fates(_story.Engine).Take(2));
        Assert.Equal([("held", 2L), ("wanted", (long)_story.Engine.View<IPoolWatch>().WantedCount)], BookAnswers.Counts(_story.Engine));
    }

    [Fact]
    public void What_was_detected_and_not_handed_on_is_counted_apart()
    {
        _story.Fact(new LogEvent.RulesLoaded(RuleSet.Scoring, Keccak256.Hash(s_noGains), (ulong)s_noGains.Length, "made"));

        Swap("second");

        var page = Page(new OppQuery(string.Empty, string.Empty, null, 100));
        Assert.Equal((4, 4UL, 3UL, 0UL), (page.Open, page.Detected, page.HandedOn, page.NotSimulable));
        Assert.Equal([("detected", 4L), ("handed_on", 3L)], OpportunityAnswers.Fates(_story.Engine).Take(2));
    }

    [Fact]
    public void A_plan_has_as_many_pools_and_samples_as_are_asked_for()
    {
        var plan = BookAnswers.Plan(_story.Engine, mostWanted: 0, mostSamples: 1)!;

        Assert.Equal((Named.Block("base"), 0, 1), (plan.Head, plan.Wanted.Count, plan.Samples.Count));
    }

    private void Swap(string tx)
    {
        byte[] data = CallData.Of("swap(uint256,uint256,address,address,address)").Add(100_000_000_000_000_000).Add(1).Add(s_ether).Add(s_token).Add(PoolOf("f1").Contract).ToArray();
        _story.Decoded(new ScenarioTx(tx, $"sender of {tx}", 0) { Call = (s_router, data) });
    }

    private OppPage Page(OppQuery query) => OpportunityAnswers.Page(_story.Engine, query, static _ => "it was tried");

    private static PoolKey PoolOf(string factory)
    {
        var universe = RegistryReader.Read(s_registry).PoolsOf(Scenario.Chain);
        var made = universe.Factories.Single(each => each.Protocol == factory);
        return PoolKey.Of(made.PoolOf(s_token, s_ether, made.Tiers[0]));
    }

    private static string Factory(string name) =>
        $$"""{"name": "{{name}}", "protocol": "{{name}}", "form": "pair", "address": "{{Named.Account(name)}}", "initCodeHash": "{{Named.Tx(name)}}", "tiers": [{"fee": 3, "of": 1000}]}""";
}
