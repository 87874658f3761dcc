using Mempulse.Features.Book;
using Mempulse.Features.Opportunities;
using Mempulse.Features.Pools;
using Mempulse.Features.Pools.ConstantProduct;
using Mempulse.Features.Scoring;
using Mempulse.Features.Tests.Strategies;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Pools;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Features.Tests.Opportunities;

/// <summary>Only what a simulation can show is handed on to it; the rest says why, and takes no place.</summary>
public sealed class SimulationGateTests
{
    private static readonly ConstantProductPool s_pair = new(1_000, 1_000, ProductFee.UniswapV2);

    [Fact]
    public void A_gain_of_another_token_takes_no_place_from_one_of_ether()
    {
        var story = OpportunityStory.WithTwoPools(new HandOnBudget(Ranks: 1, Opportunities: 1))
            .Between("base", "x", "a", "b", OpportunityStory.Million)
            .Between("base", "y", "a", "b", OpportunityStory.Million);
        UInt256.TryMultiplyDivide(OpportunityStory.Million, 1, 4, out var amount, out _);
        story.Scenario.Decoded(new ScenarioTx("other", "s", 0) { Call = (TradeScene.Router, TradeScene.SwapHere(amount, UInt256.Zero, TradeScene.Token("a"), TradeScene.Token("b"), Named.Account("x"))) });
        story.Swap("victim", thousands: 50);

        var other = Assert.Single(story.View.OfTx(Named.Tx("other")));
        Assert.Equal((TradeScene.Token("a"), OppObstacle.OtherToken, false, 0), (other.Detected.Token, other.Obstacle, other.IsHandedOn, other.Detected.RankedBelow));
        Assert.Equal($"It gains token {TradeScene.Token("a")}: only gains of wrapped ether are simulated.", other.ObstacleText);
        var victim = Assert.Single(story.View.OfTx(Named.Tx("victim")));
        Assert.True(victim is { IsHandedOn: true, Obstacle: OppObstacle.None, ObstacleText: "" } && victim.Detected.Score < other.Detected.Score, $"{victim} {other}");
        Assert.Equal((1UL, 1UL, 0UL), (story.View.Counts.HandedOn, story.View.Counts.NotSimulable, story.View.Counts.RankedBelow));
        Assert.Equal([victim.Detected.Opp], story.View.ToSimulate(9).Select(static opp => opp.Detected.Opp));
        story.AssertReplays();
    }

    [Fact]
    public void An_exchange_without_a_call_is_an_obstacle()
    {
        var book = new MadeBook();
        book.Add(Named.Account("pair"), "p", [TradeScene.Ether, TradeScene.Token("a")], s_pair);
        book.Add(Named.Account("weighted"), "p", [TradeScene.Ether, TradeScene.Token("a")], new Uncallable());

        book.Add(new PoolKey(Named.Account("pair"), Named.Tx("pool of a manager")), "p", [TradeScene.Ether, TradeScene.Token("a")], s_pair);

        Assert.Equal(OppObstacle.None, Obstacle(book, "pair"));
        Assert.Equal(OppObstacle.OtherPool, Obstacle(book, "weighted"));
        Assert.Equal(OppObstacle.OtherPool, Obstacle(book, "unknown"));
        Assert.Equal(OppObstacle.OtherPool, Obstacle(book, "pair", id: Named.Tx("pool of a manager")));
        Assert.Equal(OppObstacle.TooManyBefore, Obstacle(book, "pair", isBeyond: true));
        Assert.Equal(OppObstacle.OtherToken, SimulationGate.ObstacleOf(Gain("pair", default), isBeyond: false, ether: null, book));
    }

    private static OppObstacle Obstacle(MadeBook book, string pool, Hash256 id = default, bool isBeyond = false) => SimulationGate.ObstacleOf(Gain(pool, id), isBeyond, TradeScene.Ether, book);

    private static LogEvent.OppDetected Gain(string pool, Hash256 id) => new()
    {
        Opp = default, Trigger = default, Base = default, BaseNumber = default, Strategy = "s", StrategyVersion = 1, Registry = default, Purpose = OppPurpose.Gain, Extractor = "e/1", Scorer = "c/1",
        Urgency = 0, Worth = 0, Risk = 0, Score = 0, Value = default, Token = TradeScene.Ether, Input = 1, Profit = 1, IsExact = true, IsHandedOn = false, RankedBelow = 0,
        Legs = [new OppLeg(Named.Account(pool), id, TradeScene.Ether, TradeScene.Token("a"), 1, 1)],
    };

    private sealed record Uncallable : IPool
    {
        public int TokenCount => 2;

        public Quote QuoteExactInput(int tokenIn, int tokenOut, in UInt256 amountIn) => Quote.Refusal(QuoteFailure.InsufficientLiquidity);

        public Quote QuoteExactOutput(int tokenIn, int tokenOut, in UInt256 amountOut) => Quote.Refusal(QuoteFailure.InsufficientLiquidity);

        public PoolSwap SwapExactInput(int tokenIn, int tokenOut, in UInt256 amountIn) => new(QuoteExactInput(tokenIn, tokenOut, amountIn), this);
    }
}
