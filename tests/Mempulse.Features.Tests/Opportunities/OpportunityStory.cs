using System.Text;
using Mempulse.Features.Failures;
using Mempulse.Features.Grading;
using Mempulse.Features.Opportunities;
using Mempulse.Features.Rules;
using Mempulse.Features.Scoring;
using Mempulse.Features.Strategies;
using Mempulse.Features.Tests.Rules;
using Mempulse.Features.Tests.Strategies;
using Mempulse.Features.Trades;
using Mempulse.Features.Traits;
using Mempulse.Folding;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Replay;
using Mempulse.Testing.Pools;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Features.Tests.Opportunities;

/// <summary>A story with pools and pending swaps, and the opportunities that follow.</summary>
internal sealed class OpportunityStory
{
    private readonly FoldComposition _composition;
    private readonly Dictionary<string, ulong> _numbers = new() { ["base"] = 100 };

    public OpportunityStory(OppBounds? bounds = null, FoldParameters? parameters = null, params IReadOnlyList<IStrategy> strategies)
        : this([], null, bounds, parameters, strategies)
    {
    }

    /// <summary>A story whose log states strategies by their names, or runs the given ones, and how opportunities are scored.</summary>
    public OpportunityStory(IReadOnlyList<string> stated, OpportunityScoring? scoring = null, OppBounds? bounds = null, FoldParameters? parameters = null, params IReadOnlyList<IStrategy> strategies)
    {
        var contents = new MadeContents();
        var registry = contents.Add(TradeScene.RegistryJson);
        _composition = FoldComposition.Of(EventCatalog.Core.With([PoolStated.Type]), rules =>
        {
            var (inForce, book) = (new RulesFold(rules), new StatedBook());
            var (chosen, scored) = (new StrategiesFold(rules, ProgramStrategies.Instance), new ScoringFold(rules));
            var pending = new PendingTrades(inForce);
            var graded = new GradeFold(inForce, pending);
            var traits = new TraitFold(inForce, pending, graded);
            var failures = new FailureFold(traits, graded);
            return
            [
                inForce,
                graded,
                traits,
                failures,
                chosen,
                scored,
                book,
                new OpportunityFold(new OpportunityRules
                {
                    Book = book,
                    Markets = NoMarkets.Instance,
                    Rules = inForce,
                    Pending = pending,
                    Decoders = graded,
                    Traits = traits,
                    Failures = failures,
                    Strategies = stated.Count > 0 ? chosen : new Chosen(strategies.Count == 0 ? [new BackrunArbitrage()] : strategies),
                    Scoring = scored,
                    Bounds = bounds ?? OppBounds.Default,
                }),
            ];
        }).Reading(contents);
        Scenario = new Scenario(parameters, _composition);
        if (stated.Count > 0)
        {
            byte[] choice = StrategyChoice.Write(stated);
            Scenario.Fact(new LogEvent.RulesLoaded(RuleSet.Strategies, contents.Add(Encoding.UTF8.GetString(choice)), (ulong)choice.Length, "strategies"));
        }

        if (scoring is not null)
        {
            byte[] content = ScoringChoice.Write(scoring);
            Scenario.Fact(new LogEvent.RulesLoaded(RuleSet.Scoring, contents.Add(Encoding.UTF8.GetString(content)), (ulong)content.Length, "scoring"));
        }

        Scenario.Fact(new LogEvent.RulesLoaded(RuleSet.Registry, registry, 1, "made.json")).Block("base");
    }

    public Scenario Scenario { get; }

    public IOpportunityView View => Scenario.Engine.View<IOpportunityView>();

    /// <summary>Two pools of ether and a token at the same price, as of a block.</summary>
    public static OpportunityStory WithTwoPools(OppBounds? bounds = null, FoldParameters? parameters = null, params IReadOnlyList<IStrategy> strategies) =>
        new OpportunityStory(bounds, parameters, strategies).Pool("base", "one", Million, Million).Pool("base", "other", Million, Million);

    /// <summary>The same where a block hands on less.</summary>
    public static OpportunityStory WithTwoPools(HandOnBudget budget) =>
        new OpportunityStory([], OpportunityScoring.Default with { Budget = budget }, strategies: [new BackrunArbitrage()]).Pool("base", "one", Million, Million).Pool("base", "other", Million, Million);

    /// <summary>A million ether.</summary>
    public static UInt256 Million { get; } = (UInt256)1_000_000_000_000_000_000 * 1_000_000;

    /// <summary>The reserves of a pool of ether and a token in a block.</summary>
    public OpportunityStory Pool(string block, string pool, UInt256 ether, UInt256 token, string name = "a")
    {
        var (first, second) = (TradeScene.Ether, TradeScene.Token(name));
        bool isInOrder = first < second;
        Scenario.Fact(new PoolStated(
            Named.Block(block), new BlockNumber(_numbers[block]), Named.Account(pool), isInOrder ? first : second, isInOrder ? second : first, isInOrder ? ether : token, isInOrder ? token : ether));
        return this;
    }

    /// <summary>A pool of two tokens, each with the same reserve.</summary>
    public OpportunityStory Between(string block, string pool, string one, string other, UInt256 reserve)
    {
        var (first, second) = (TradeScene.Token(one), TradeScene.Token(other));
        Scenario.Fact(new PoolStated(Named.Block(block), new BlockNumber(_numbers[block]), Named.Account(pool), first < second ? first : second, first < second ? second : first, reserve, reserve));
        return this;
    }

    /// <summary>The pools are known as of a block that changed none of them.</summary>
    public OpportunityStory Known(string block)
    {
        Scenario.Fact(new PoolStated(Named.Block(block), new BlockNumber(_numbers[block]), default, default, default, default, default));
        return this;
    }

    /// <summary>Every pool is set aside, so the book is at no block.</summary>
    public OpportunityStory SetAside(string block)
    {
        Scenario.Fact(new PoolStated(Named.Block(block), new BlockNumber(_numbers[block]), default, TradeScene.Ether, default, default, default));
        return this;
    }

    /// <summary>A block on the head.</summary>
    public OpportunityStory Block(string name, params string[] txs)
    {
        _numbers[name] = _numbers[Scenario.Head!] + 1;
        Scenario.Block(name, txs);
        return this;
    }

    public OpportunityStory Reorg(string ancestor)
    {
        Scenario.Reorg(ancestor);
        return this;
    }

    /// <summary>A pending swap of ether for the token in a pool; the amount is in thousands of ether.</summary>
    public OpportunityStory Swap(string tx, string pool = "one", ulong thousands = 100, string? sender = null, ulong nonce = 0, ulong fee = 100, UInt256? minimum = null, string token = "a")
    {
        UInt256.TryMultiplyDivide(Million, thousands, 1_000, out var amount, out _);
        Scenario.Decoded(new ScenarioTx(tx, sender ?? $"sender-{tx}", nonce)
        {
            Fee = fee,
            Tip = fee / 2,
            Call = (TradeScene.Router, TradeScene.SwapHere(amount, minimum ?? UInt256.Zero, TradeScene.Ether, TradeScene.Token(token), Named.Account(pool))),
        });
        return this;
    }

    /// <summary>The opportunities' lines of the trace since the last call.</summary>
    public IReadOnlyList<string> TakeTrace() => [.. Scenario.TakeTrace().Where(static line => line.Contains("opp ", StringComparison.Ordinal))];

    public IReadOnlyList<T> Events<T>()
        where T : LogEvent => Scenario.Log.Derived<T>();

    /// <summary>The opportunities that a checkpoint of now holds.</summary>
    public IOpportunityView Restored()
    {
        var saved = new ByteBuffer();
        Scenario.Engine.SaveCheckpoint(saved);
        return _composition.Restore(Scenario.Chain, saved.WrittenSpan).View<IOpportunityView>();
    }

    /// <summary>A replay of the log, also from a checkpoint at any position, ends in the same state and finds every derived event as it derives it.</summary>
    public void AssertReplays(ulong every = 1)
    {
        var straight = _composition.Create(Scenario.Chain);
        for (ulong seq = 1; seq <= Scenario.Log.Last.Value; seq++)
        {
            straight.Apply(Scenario.Log.At(new GlobalSeq(seq)));
            if (seq % every != 0 && seq != Scenario.Log.Last.Value)
            {
                continue;
            }

            var saved = new ByteBuffer();
            straight.SaveCheckpoint(saved);
            var restored = _composition.Restore(Scenario.Chain, saved.WrittenSpan);
            Assert.Equal(straight.Digest(), restored.Digest());
            restored.AssertInvariants();
            restored.Apply(Scenario.Log.ScanAfter(restored.Applied));
            AssertSame(restored);
        }

        AssertSame(straight);
    }

    private void AssertSame(ReplayEngine engine)
    {
        Assert.Empty(engine.Divergences);
        Assert.Equal((Scenario.Engine.Digest(), 0), (engine.Digest(), engine.ExpectedCount));
        Assert.Equal(View.List(new OpportunityQuery()).Select(static opp => (opp.Detected.Opp, opp.Status, opp.End, opp.By, opp.IsHandedOn, opp.Detected.Score)), engine.View<IOpportunityView>().List(new OpportunityQuery()).Select(static opp => (opp.Detected.Opp, opp.Status, opp.End, opp.By, opp.IsHandedOn, opp.Detected.Score)));
        Assert.Equal(View.Counts, engine.View<IOpportunityView>().Counts);
        engine.AssertInvariants();
    }

    private sealed record Chosen(IReadOnlyList<IStrategy> InForce) : IStrategiesView;
}
