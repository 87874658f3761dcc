using Mempulse.Features.Opportunities;
using Mempulse.Features.Scoring;
using Mempulse.Features.Strategies;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Features.Tests.Opportunities;

/// <summary>What is followed stays within its bounds, room is used again, and what is let go leaves nothing behind.</summary>
public sealed class OpportunityBoundTests
{
    private const long BytesOfASwap = 4 + (5 * 32);

    [Fact]
    public void Calldata_fills_its_bound_and_what_is_let_go_makes_room()
    {
        var story = OpportunityStory.WithTwoPools(new OppBounds { TriggerBytes = 2 * BytesOfASwap }, new FoldParameters { ConfirmationDepthBlocks = 2, RetentionBlocks = 2 });
        story.Swap("t0").Swap("t1").Swap("t2");
        Assert.Equal((2, 1UL), (story.View.Counts.Triggers, story.View.Counts.NotFollowed));

        story.Block("b0", "t0");
        for (int i = 1; story.View.Counts.Triggers == 2; i++)
        {
            Assert.InRange(i, 1, 8);
            story.Block($"b{i}");
        }

        story.Swap("t3").Swap("t4");
        Assert.Equal((2, 2UL), (story.View.Counts.Triggers, story.View.Counts.NotFollowed));
        story.AssertReplays();
    }

    [Fact]
    public void A_trigger_is_not_followed_when_its_body_comes_after_its_block()
    {
        var story = OpportunityStory.WithTwoPools();
        story.Scenario.Knows(new ScenarioTx("late", "sender-late", 0));
        story.Block("b1", "late").Swap("late");

        Assert.Equal(TxState.Included, story.Scenario.StateOf("late"));
        Assert.Equal((0, 0), (story.View.Counts.Triggers, story.View.Counts.Open));
        story.AssertReplays();
    }

    [Fact]
    public void One_is_reopened_only_if_there_is_room()
    {
        var story = OpportunityStory.WithTwoPools(new OppBounds { Open = 1 }).Swap("t0").Block("b1", "t0").Swap("t1");
        Assert.Equal((1, 1), (story.View.Counts.Open, story.View.Counts.Closed));

        story.Reorg("base");

        Assert.Equal((1, 1, 1UL), (story.View.Counts.Open, story.View.Counts.Closed, story.View.Counts.NotKept));
        Assert.Empty(story.Events<LogEvent.OppReopened>());
        story.AssertReplays();
    }

    [Fact]
    public void One_that_is_reopened_has_no_reason_any_more()
    {
        var story = OpportunityStory.WithTwoPools().Swap("victim").Block("b1", "victim");
        Assert.Equal(Named.Block("b1"), Assert.Single(story.View.List(new OpportunityQuery())).By);

        story.Reorg("base");

        var open = Assert.Single(story.View.List(new OpportunityQuery()));
        Assert.Equal((OppStatus.Open, OppEnd.None, null), (open.Status, open.End, open.By));
    }

    [Fact]
    public void A_base_that_is_left_is_looked_at_again_although_no_pool_moved()
    {
        var story = OpportunityStory.WithTwoPools().Block("b1").Known("b1").Swap("victim");
        Assert.Equal(Named.Block("b1"), Assert.Single(story.Events<LogEvent.OppDetected>()).Base);

        story.Reorg("base");

        Assert.Equal([OppEnd.BaseLeft], story.Events<LogEvent.OppInvalidated>().Select(static ended => ended.Reason));
        Assert.Equal([Named.Block("b1"), Named.Block("base")], story.Events<LogEvent.OppDetected>().Select(static detected => detected.Base));
        Assert.Equal(1, story.View.Counts.Open);
        story.AssertReplays();
    }

    [Fact]
    public void A_closed_one_is_forgotten_with_the_block_that_makes_its_base_final()
    {
        var story = OpportunityStory.WithTwoPools(parameters: new FoldParameters { ConfirmationDepthBlocks = 4 }).Swap("victim").Block("b0", "victim");
        for (int i = 1; i < 8; i++)
        {
            story.Block($"b{i}");
            bool isFinal = story.Scenario.Engine.Pool.Final is { Value: >= 100 };
            Assert.Equal(isFinal ? 0 : 1, story.View.Counts.Closed);
        }

        Assert.Equal(0, story.View.Counts.Closed);
        story.AssertReplays();
    }

    [Fact]
    public void Pools_of_a_trigger_that_is_gone_move_without_it()
    {
        var story = OpportunityStory.WithTwoPools(parameters: new FoldParameters { ConfirmationDepthBlocks = 3, RetentionBlocks = 2 }).Swap("gone").Swap("stays", sender: "t");
        story.Block("b0", "gone");
        for (int i = 1; i < 10; i++)
        {
            story.Block($"b{i}");
        }

        Assert.Equal(1, story.View.Counts.Triggers);
        story.Pool("b9", "one", OpportunityStory.Million, OpportunityStory.Million + OpportunityStory.Million);
        story.Pool("b9", "other", OpportunityStory.Million, OpportunityStory.Million + OpportunityStory.Million);

        Assert.All(story.View.List(new OpportunityQuery { Status = OppStatus.Open }), static open => Assert.Equal(Named.Tx("stays"), open.Detected.Trigger));
        story.AssertReplays();
    }

    [Fact]
    public void Of_two_triggers_that_moved_a_pool_in_a_block_the_lower_hash_is_named()
    {
        string[] rivals = ["r0", "r1", "r2"];
        var story = OpportunityStory.WithTwoPools().Swap("victim");
        Array.ForEach(rivals, rival => story.Swap(rival, thousands: 200));
        story.Block("b1", rivals);

        story.Pool("b1", "one", OpportunityStory.Million + OpportunityStory.Million, OpportunityStory.Million);

        var ended = story.Events<LogEvent.OppInvalidated>().Single(static one => one.Trigger == Named.Tx("victim"));
        Assert.Equal((OppEnd.ConflictIncluded, rivals.Min(Named.Tx)), (ended.Reason, ended.By!.Value));
        story.AssertReplays();
    }

    [Fact]
    public void An_answer_has_at_most_a_thousand_opportunities_the_best_ones()
    {
        var story = OpportunityStory.WithTwoPools();
        for (int i = 0; i <= OpportunityQuery.MaxLimit; i++)
        {
            story.Swap($"t{i}", thousands: 50 + ((ulong)i % 50));
        }

        Assert.Equal(OpportunityQuery.MaxLimit + 1, story.View.Counts.Open);
        var all = story.View.List(new OpportunityQuery { Limit = int.MaxValue });
        Assert.Equal(OpportunityQuery.MaxLimit, all.Count);
        Assert.Equal(all.Take(3).Select(static opp => opp.Detected.Opp), story.View.List(new OpportunityQuery { Limit = 3 }).Select(static opp => opp.Detected.Opp));
        Assert.Equal(all.Max(static opp => opp.Detected.Score), all[0].Detected.Score);
    }

    [Fact]
    public void Finds_beyond_those_of_one_strategy_are_counted_once_each()
    {
        var story = OpportunityStory.WithTwoPools(new OppBounds { OfOneStrategy = 1 }).Pool("base", "third", OpportunityStory.Million, OpportunityStory.Million);
        story.Swap("t0");
        Assert.Equal((1, 1UL), (story.View.Counts.Open, story.View.Counts.LeftOut));

        story.Swap("t1");

        Assert.Equal((2, 2UL), (story.View.Counts.Open, story.View.Counts.LeftOut));
        story.AssertReplays();
    }

    [Fact]
    public void One_is_scored_by_what_it_gains_and_not_by_what_its_trigger_trades()
    {
        var detected = Assert.Single(OpportunityStory.WithTwoPools().Swap("victim").Events<LogEvent.OppDetected>());

        UInt256.Divide(detected.Value.Value, 1_000_000_000, out var gwei);
        Assert.Equal(gwei, (UInt256)(ulong)detected.Worth);
    }

    [Fact]
    public void Those_that_were_handed_on_and_have_no_result_are_to_be_simulated()
    {
        var story = OpportunityStory.WithTwoPools(new HandOnBudget(Ranks: 2, Opportunities: 2)).Swap("t0", thousands: 100).Swap("t1", thousands: 120).Swap("t2", thousands: 50);
        var detected = story.Events<LogEvent.OppDetected>();
        Assert.Equal([true, true, false], detected.Select(static one => one.IsHandedOn));
        Assert.Equal([detected[1].Opp, detected[0].Opp], story.View.ToSimulate(9).Select(static one => one.Detected.Opp));
        Assert.Equal([detected[1].Opp], story.View.ToSimulate(1).Select(static one => one.Detected.Opp));

        story.Scenario.Fact(Simulated(detected[1], WeiDelta.Gain(new Wei(7))));
        Assert.Equal([detected[0].Opp], story.View.ToSimulate(9).Select(static one => one.Detected.Opp));

        story.Block("b1", "t0");
        Assert.Empty(story.View.ToSimulate(9));
        story.AssertReplays();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_a_simulation_gave_is_kept_over_a_checkpoint(bool isLoss)
    {
        var story = OpportunityStory.WithTwoPools().Swap("victim");
        var profit = isLoss ? WeiDelta.Loss(new Wei(11)) : WeiDelta.Gain(new Wei(11));
        var completed = Simulated(Assert.Single(story.Events<LogEvent.OppDetected>()), profit) with { Category = FailureCategory.Revert, GasUsed = new Gas(12) };

        story.Scenario.Fact(completed);

        var expected = new OppSimulation(completed.Sim, FailureCategory.Revert, profit, new Gas(12), completed.IsVerified);
        Assert.Equal(expected, Assert.Single(story.View.List(new OpportunityQuery())).Simulation);
        Assert.Equal(expected, Assert.Single(story.Restored().List(new OpportunityQuery())).Simulation);
        story.AssertReplays();
    }

    [Fact]
    public void Advice_is_handed_on_within_its_own_bound_and_takes_no_place_of_a_gain()
    {
        var story = new OpportunityStory([], OpportunityScoring.Default with { Budget = new HandOnBudget(Ranks: 32, Opportunities: 1) }, new OppBounds { Advice = new HandOnBudget(Ranks: 1, Opportunities: 2) }, strategies: [new ExposureAdvice(), new BackrunArbitrage()])
            .Pool("base", "one", OpportunityStory.Million, OpportunityStory.Million).Pool("base", "other", OpportunityStory.Million, OpportunityStory.Million);

        story.Swap("t0", thousands: 100).Swap("t1", thousands: 50).Swap("t2", thousands: 120).Swap("t3", thousands: 140);

        (string, bool)[] expected = [
            ("exposure", true), ("backrun-arbitrage", true),
            ("exposure", false), ("backrun-arbitrage", false), // below the first rank of advice; no more gains
            ("exposure", true), ("backrun-arbitrage", false),
            ("exposure", false), ("backrun-arbitrage", false)]; // no more advice, whatever its rank
        Assert.Equal(expected, story.Events<LogEvent.OppDetected>().Select(static detected => (detected.Strategy, detected.IsHandedOn)));
        Assert.Equal((3UL, 5UL), (story.View.Counts.HandedOn, story.View.Counts.RankedBelow));
        Assert.Equal(["exposure/1", "backrun-arbitrage/3"], story.View.Strategies);
        story.Block("b1", "t0").Reorg("base");
        Assert.True(story.Events<LogEvent.OppReopened>().Count > 1);
        story.AssertReplays();
    }

    private static LogEvent.SimCompleted Simulated(LogEvent.OppDetected detected, WeiDelta profit) => new()
    {
        Sim = Named.Tx("sim"),
        Base = detected.Base,
        Opportunity = detected.Opp,
        BaseNumber = detected.BaseNumber,
        Category = FailureCategory.None,
        Detail = string.Empty,
        GasUsed = default,
        CoinbasePayment = WeiDelta.Gain(default),
        Account = default,
        Profit = profit,
        IsVerified = true,
        LogsDigest = default,
        TraceDigest = default,
        WitnessDigest = default,
        EngineVersion = 1,
        RulesVersion = 1,
        Transactions = [],
    };
}
