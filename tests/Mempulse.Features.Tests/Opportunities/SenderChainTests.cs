using Mempulse.Features.Opportunities;
using Mempulse.Features.Pools.ConstantProduct;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Features.Tests.Opportunities;

/// <summary>A trigger runs after the earlier transactions of its sender: strategies see what these do, and the opportunity names them.</summary>
public sealed class SenderChainTests
{
    [Fact]
    public void The_pools_are_as_the_senders_earlier_swap_leaves_them()
    {
        var story = OpportunityStory.WithTwoPools();
        story.Scenario.NonceReported("s", 0);
        story.Swap("first", sender: "s", thousands: 40).Swap("victim", sender: "s", nonce: 1, thousands: 60);

        var detected = Of(story, "victim")[^1];
        Assert.Equal([Named.Tx("first")], detected.Before);
        Assert.Empty(Of(story, "first")[^1].Before);
        var moved = new ProductLeg(OpportunityStory.Million, OpportunityStory.Million, ProductFee.UniswapV2).ExactInput(Thousandths(40));
        var alone = new OpportunityStory()
            .Pool("base", "one", OpportunityStory.Million + moved.AmountIn, OpportunityStory.Million - moved.AmountOut)
            .Pool("base", "other", OpportunityStory.Million, OpportunityStory.Million)
            .Swap("victim", thousands: 60);
        Assert.Equal(Assert.Single(alone.Events<LogEvent.OppDetected>()).Legs, detected.Legs);
        story.AssertReplays();
    }

    [Fact]
    public void What_trades_nothing_runs_before_the_trigger_too()
    {
        var story = OpportunityStory.WithTwoPools();
        story.Scenario.NonceReported("s", 4).Arrives("approval", "s", 4);
        story.Swap("victim", sender: "s", nonce: 5);

        Assert.Equal([Named.Tx("approval")], Of(story, "victim").Single().Before);
        Assert.Equal(1, story.View.Counts.Open);
        story.AssertReplays();
    }

    [Fact]
    public void A_swap_that_would_fail_moves_nothing_for_the_one_behind_it()
    {
        var story = OpportunityStory.WithTwoPools();
        story.Scenario.NonceReported("s", 0);
        story.Swap("failing", sender: "s", minimum: OpportunityStory.Million).Swap("victim", sender: "s", nonce: 1);

        Assert.Equal(Of(OpportunityStory.WithTwoPools().Swap("victim"), "victim").Single().Legs, Of(story, "victim").Single().Legs);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_transaction_that_comes_before_the_trigger_ends_what_was_found_without_it(bool isSwap)
    {
        var story = OpportunityStory.WithTwoPools().Swap("victim", sender: "s", nonce: 1); // the nonce before may be used already
        string first = Short(Of(story, "victim").Single().Opp);
        story.TakeTrace();

        if (isSwap)
        {
            story.Swap("newcomer", sender: "s", nonce: 0);
        }
        else
        {
            story.Scenario.Arrives("newcomer", "s", 0);
        }

        var second = Of(story, "victim")[^1];
        Assert.Equal([Named.Tx("newcomer")], second.Before);
        string[] lines = [.. story.TakeTrace().Where(static line => line.StartsWith("victim", StringComparison.Ordinal))];
        Assert.Equal([$"victim: opp {first} Overtaken by newcomer", $"victim: opp {Short(second.Opp)} backrun-arbitrage on base, handed on"], lines);
        story.AssertReplays();
    }

    [Fact]
    public void A_replacement_before_the_trigger_ends_what_was_found_after_the_replaced_one()
    {
        var story = OpportunityStory.WithTwoPools();
        story.Scenario.NonceReported("s", 0);
        story.Swap("first", sender: "s", thousands: 40).Swap("victim", sender: "s", nonce: 1);
        string id = Short(Of(story, "victim").Single().Opp);
        story.TakeTrace();

        story.Swap("better", sender: "s", thousands: 90, fee: 1_000);

        Assert.Contains($"victim: opp {id} Overtaken by better", story.TakeTrace());
        Assert.Equal([Named.Tx("better")], Of(story, "victim")[^1].Before);
        story.AssertReplays();
    }

    [Fact]
    public void What_a_later_block_includes_still_runs_between_the_base_and_the_trigger()
    {
        var story = OpportunityStory.WithTwoPools();
        story.Scenario.NonceReported("s", 0);
        story.Swap("first", sender: "s").Block("b1", "first"); // the pools are still those of the base
        story.Swap("victim", sender: "s", nonce: 1);
        Assert.Equal([Named.Tx("first")], Of(story, "victim").Single().Before);

        story.Pool("b1", "one", OpportunityStory.Million + OpportunityStory.Million, OpportunityStory.Million);

        Assert.Equal((Named.Block("b1"), 0), (Of(story, "victim")[^1].Base, Of(story, "victim")[^1].Before.Count));
        story.AssertReplays();
    }

    [Fact]
    public void More_transactions_before_the_trigger_than_a_simulation_takes_are_a_reason_not_to_hand_it_on()
    {
        var story = OpportunityStory.WithTwoPools(new OppBounds { Before = 2 });
        story.Scenario.NonceReported("s", 0).Arrives("a", "s", 0).Arrives("b", "s", 1);
        story.Swap("third", sender: "s", nonce: 2).Swap("fourth", sender: "s", nonce: 3);

        Assert.Equal([(true, OppObstacle.None), (false, OppObstacle.TooManyBefore)], [StandingOf(story, "third"), StandingOf(story, "fourth")]);
        Assert.Equal([Named.Tx("b"), Named.Tx("third")], Of(story, "fourth").Single().Before);
        Assert.Equal("More than 2 transactions of the trigger's sender run before it: no more are simulated with it.", story.View.OfTx(Named.Tx("fourth"))[0].ObstacleText);
        Assert.Equal((1UL, 1UL), (story.View.Counts.HandedOn, story.View.Counts.NotSimulable));
        story.AssertReplays();
    }

    [Fact]
    public void Another_order_before_the_trigger_is_another_opportunity()
    {
        var story = OpportunityStory.WithTwoPools();
        story.Scenario.NonceReported("s", 0).Arrives("a", "s", 0);
        story.Swap("victim", sender: "s", nonce: 1);
        var behind = Of(story, "victim").Single();

        Assert.NotEqual(Of(OpportunityStory.WithTwoPools().Swap("victim", sender: "s", nonce: 1), "victim").Single().Opp, behind.Opp);
    }

    private static (bool IsHandedOn, OppObstacle Obstacle) StandingOf(OpportunityStory story, string tx)
    {
        var opp = Assert.Single(story.View.OfTx(Named.Tx(tx)));
        return (opp.IsHandedOn, opp.Obstacle);
    }

    private static List<LogEvent.OppDetected> Of(OpportunityStory story, string tx) => [.. story.Events<LogEvent.OppDetected>().Where(detected => detected.Trigger == Named.Tx(tx))];

    private static UInt256 Thousandths(ulong thousands)
    {
        UInt256.TryMultiplyDivide(OpportunityStory.Million, thousands, 1_000, out var amount, out _);
        return amount;
    }

    private static string Short(Hash256 id) => id.ToString()[2..6];
}
