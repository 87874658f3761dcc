using Mempulse.Ethereum.Hashing;
using Mempulse.Features.Opportunities;
using Mempulse.Features.Scoring;
using Mempulse.Features.Strategies;
using Mempulse.Features.Tests.Strategies;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Features.Tests.Opportunities;

/// <summary>An opportunity is detected, ends for a reason that is told, and is reopened when a reorg restores what it stands on.</summary>
public sealed class OpportunityFoldTests
{
    [Fact]
    public void A_pending_swap_that_leaves_a_gain_is_an_opportunity()
    {
        var story = OpportunityStory.WithTwoPools().Swap("victim");

        var detected = Assert.Single(story.Events<LogEvent.OppDetected>());
        Assert.Equal((Named.Tx("victim"), Named.Block("base"), "backrun-arbitrage", 3, OppPurpose.Gain), (detected.Trigger, detected.Base, detected.Strategy, detected.StrategyVersion, detected.Purpose));
        Assert.Equal(("mempool/1", "expected-value/1", TradeScene.Ether, true), (detected.Extractor, detected.Scorer, detected.Token, detected.IsExact));
        Assert.Equal([Named.Account("other"), Named.Account("one")], detected.Legs.Select(static leg => leg.Pool));
        Assert.True(detected.Profit > UInt256.Zero && detected.Value.Value == detected.Profit && detected.Score > 0);
        var open = Assert.Single(story.View.List(new OpportunityQuery()));
        Assert.Equal((detected.Opp, OppStatus.Open, true), (open.Detected.Opp, open.Status, open.IsHandedOn));
        Assert.Equal(open, Assert.Single(story.View.OfTx(Named.Tx("victim"))));
        Assert.True(story.View.TryGet(detected.Opp, out var same) && same == open);
        story.AssertReplays();
    }

    [Fact]
    public void The_id_is_the_hash_of_strategy_trigger_base_and_legs()
    {
        var story = OpportunityStory.WithTwoPools().Swap("victim");
        var detected = Assert.Single(story.Events<LogEvent.OppDetected>());

        var bytes = new List<byte>();
        bytes.AddRange([17, 0, 0, 0, .. "backrun-arbitrage"u8, 3, 0, 0, 0, .. Bytes(Named.Tx("victim")), .. Bytes(Named.Block("base")), 2, 0, 0, 0]);
        foreach (var leg in detected.Legs)
        {
            bytes.AddRange([.. Bytes(leg.Pool), .. new byte[32], .. Bytes(leg.TokenIn), .. Bytes(leg.TokenOut), .. Bytes(leg.AmountIn), .. Bytes(leg.AmountOut)]);
        }

        Assert.Equal(Keccak256.Hash(bytes.ToArray()), detected.Opp);
    }

    [Fact]
    public void Inclusion_of_the_trigger_ends_it_and_a_reorg_that_restores_base_and_trigger_reopens_it()
    {
        var story = OpportunityStory.WithTwoPools().Swap("victim");
        string id = IdOf(story);
        story.TakeTrace();

        story.Block("b1", "victim");
        Assert.Equal([$"victim: opp {id} TriggerIncluded by b1"], story.TakeTrace());
        Assert.Equal(OppStatus.Invalidated, Assert.Single(story.View.List(new OpportunityQuery())).Status);

        story.Reorg("base");
        Assert.Equal([$"victim: opp {id} reopened after TriggerIncluded, handed on"], story.TakeTrace());
        Assert.Equal((1, 0), (story.View.Counts.Open, story.View.Counts.Closed));
        story.AssertReplays();
    }

    [Fact]
    public void A_moved_pool_ends_it_and_what_holds_on_the_new_state_is_another_one()
    {
        var story = OpportunityStory.WithTwoPools().Swap("victim");
        string first = IdOf(story);
        story.Block("b1");
        story.TakeTrace();

        story.Pool("b1", "other", OpportunityStory.Million, Twice(OpportunityStory.Million));

        string second = Short(story.Events<LogEvent.OppDetected>()[1].Opp);
        Assert.Equal([$"victim: opp {first} PoolMoved by b1", $"victim: opp {second} backrun-arbitrage on b1, handed on"], story.TakeTrace());
        story.Reorg("base");
        Assert.Equal([$"victim: opp {second} BaseLeft by b1", $"victim: opp {first} reopened after PoolMoved, handed on"], story.TakeTrace());
        story.AssertReplays();
    }

    [Fact]
    public void A_pool_that_is_not_part_of_it_does_not_end_it_and_its_base_stays()
    {
        var story = OpportunityStory.WithTwoPools().Swap("victim");
        string id = IdOf(story);
        story.Block("b1").Pool("b1", "third", OpportunityStory.Million, OpportunityStory.Million, "b");

        Assert.Equal((id, OppStatus.Open), (IdOf(story), Assert.Single(story.View.List(new OpportunityQuery())).Status));
        story.AssertReplays();
    }

    [Fact]
    public void A_pool_that_comes_beside_the_swaps_own_opens_an_opportunity()
    {
        var story = new OpportunityStory().Pool("base", "one", OpportunityStory.Million, OpportunityStory.Million).Swap("victim");
        Assert.Empty(story.View.OfTx(Named.Tx("victim")));

        story.Pool("base", "other", OpportunityStory.Million, OpportunityStory.Million);

        Assert.Equal(2, Assert.Single(story.View.OfTx(Named.Tx("victim"))).Detected.Legs.Count);
        story.AssertReplays();
    }

    [Fact]
    public void A_pool_that_closes_a_cycle_of_three_opens_an_opportunity()
    {
        var story = new OpportunityStory().Pool("base", "one", OpportunityStory.Million, OpportunityStory.Million).Between("base", "between", "a", "b", OpportunityStory.Million).Swap("victim");
        Assert.Empty(story.View.OfTx(Named.Tx("victim")));

        story.Pool("base", "far", OpportunityStory.Million, OpportunityStory.Million, name: "b");

        Assert.Equal(3, Assert.Single(story.View.OfTx(Named.Tx("victim"))).Detected.Legs.Count);
        story.AssertReplays();
    }

    [Fact]
    public void A_pool_that_leaves_the_book_ends_it()
    {
        var story = OpportunityStory.WithTwoPools().Block("b1").Pool("b1", "third", OpportunityStory.Million, OpportunityStory.Million);
        story.Swap("victim", "third");
        Assert.Equal(2, story.View.Counts.Open);
        story.TakeTrace();

        story.Reorg("base");

        Assert.All(story.TakeTrace(), static line => Assert.Contains("BaseLeft by b1", line, StringComparison.Ordinal));
        Assert.Equal(0, story.View.Counts.Open);
        story.AssertReplays();
    }

    [Fact]
    public void Replacement_of_the_trigger_ends_it()
    {
        var story = OpportunityStory.WithTwoPools().Swap("victim", sender: "s");
        string id = IdOf(story);
        story.TakeTrace();

        story.Scenario.Decoded(new ScenarioTx("better", "s", 0) { Fee = 1_000, Tip = 500 });

        Assert.Equal([$"victim: opp {id} TriggerReplaced by better"], story.TakeTrace());
        story.AssertReplays();
    }

    [Fact]
    public void Inclusion_of_another_transaction_with_its_nonce_ends_it()
    {
        var story = OpportunityStory.WithTwoPools().Swap("victim", sender: "s");
        string id = IdOf(story);
        story.Scenario.Knows(new ScenarioTx("rival", "s", 0));
        story.TakeTrace();

        story.Block("b1", "rival");

        Assert.Equal([$"victim: opp {id} ConflictIncluded by rival"], story.TakeTrace());
        story.AssertReplays();
    }

    [Fact]
    public void A_pool_that_another_trigger_moved_names_that_trigger()
    {
        var story = OpportunityStory.WithTwoPools().Swap("victim").Swap("rival", thousands: 200);
        string id = Short(story.Events<LogEvent.OppDetected>().Single(static detected => detected.Trigger == Named.Tx("victim")).Opp);
        story.Block("b1", "rival");
        story.TakeTrace();

        story.Pool("b1", "one", Twice(OpportunityStory.Million), OpportunityStory.Million);

        Assert.Contains($"victim: opp {id} ConflictIncluded by rival", story.TakeTrace());
        story.AssertReplays();
    }

    [Fact]
    public void Pools_that_are_set_aside_name_no_trigger_that_is_still_pending()
    {
        var story = OpportunityStory.WithTwoPools().Swap("victim").Swap("rival", pool: "other", thousands: 200); // each would move the first pool of the other one's opportunity
        story.TakeTrace();

        story.SetAside("base");

        var lines = story.TakeTrace();
        Assert.Equal(2, lines.Count);
        Assert.All(lines, static line => Assert.EndsWith("PoolMoved", line, StringComparison.Ordinal));
        story.AssertReplays();
    }

    [Fact]
    public void A_trigger_that_waits_for_an_earlier_nonce_has_no_opportunity_until_it_is_ready()
    {
        var story = OpportunityStory.WithTwoPools();
        story.Scenario.NonceReported("s", 0);
        story.Swap("victim", sender: "s", nonce: 1);
        Assert.Equal((0, 1), (story.View.Counts.Open, story.View.Counts.Triggers));

        story.Scenario.Arrives("first", "s", 0);

        Assert.Equal(1, story.View.Counts.Open);
        story.AssertReplays();
    }

    [Fact]
    public void It_expires_with_its_trigger()
    {
        var story = OpportunityStory.WithTwoPools(parameters: new FoldParameters { ExpirySeconds = 60 }).Swap("victim");
        string id = IdOf(story);
        story.TakeTrace();

        for (int i = 0; i < 7; i++)
        {
            story.Block($"b{i}");
        }

        Assert.Equal([$"victim: opp {id} expired: TriggerExpired"], story.TakeTrace());
        story.AssertReplays();
    }

    [Fact]
    public void It_expires_when_too_many_blocks_followed_its_base()
    {
        var story = OpportunityStory.WithTwoPools(new OppBounds { AgeBlocks = 3 }).Swap("victim");
        string id = IdOf(story);
        story.Block("b0").Block("b1").Block("b2");
        Assert.Equal(1, story.View.Counts.Open);
        story.TakeTrace();

        story.Block("b3");

        Assert.Equal([$"victim: opp {id} expired: TooOld"], story.TakeTrace());
        Assert.Equal(OppStatus.Expired, Assert.Single(story.View.List(new OpportunityQuery())).Status);
        story.AssertReplays();
    }

    [Fact]
    public void It_is_forgotten_when_its_base_is_final_or_its_trigger_is_gone()
    {
        var story = OpportunityStory.WithTwoPools(parameters: new FoldParameters { ConfirmationDepthBlocks = 4, RetentionBlocks = 2 }).Swap("victim").Swap("other victim", sender: "t");
        story.Block("b0", "victim");
        Assert.Equal((1, 1, 2), (story.View.Counts.Open, story.View.Counts.Closed, story.View.Counts.Triggers));

        for (int i = 1; i < 12; i++)
        {
            story.Block($"b{i}");
        }

        Assert.Equal((1, 0, 1), (story.View.Counts.Open, story.View.Counts.Closed, story.View.Counts.Triggers));
        story.AssertReplays();
    }

    [Fact]
    public void The_best_of_a_block_are_handed_on_and_what_ranks_below_is_counted()
    {
        var story = OpportunityStory.WithTwoPools(new HandOnBudget(Ranks: 2, Opportunities: 3));
        story.Swap("t0", thousands: 100).Swap("t1", thousands: 120).Swap("t2", thousands: 50).Swap("t3", thousands: 140).Swap("t4", thousands: 160);

        var detected = story.Events<LogEvent.OppDetected>();
        Assert.Equal([true, true, false, true, false], detected.Select(static one => one.IsHandedOn)); // t3 is better than both, and t4 is beyond the limit of the block
        Assert.Equal([0, 0, 2, 0, 0], detected.Select(static one => one.RankedBelow));
        Assert.Equal((3UL, 2UL), (story.View.Counts.HandedOn, story.View.Counts.RankedBelow));
        Assert.Equal(["t4", "t3", "t1", "t0", "t2"], story.View.List(new OpportunityQuery()).Select(static opp => NameOf(opp.Detected.Trigger)));

        story.Block("b1").Swap("t5", thousands: 10);
        Assert.True(story.Events<LogEvent.OppDetected>()[^1].IsHandedOn);
        story.AssertReplays();
    }

    [Fact]
    public void Queries_take_status_strategy_and_score()
    {
        var story = OpportunityStory.WithTwoPools(strategies: [new BackrunArbitrage(), new ExposureAdvice()]).Swap("t0", thousands: 100).Swap("t1", thousands: 200);
        story.Block("b1", "t1");

        Assert.Equal(2, story.View.List(new OpportunityQuery { Status = OppStatus.Invalidated }).Count);
        Assert.Equal(2, story.View.List(new OpportunityQuery { Strategy = "exposure" }).Count);
        var best = story.View.List(new OpportunityQuery { Limit = 1 })[0];
        Assert.Equal(best, Assert.Single(story.View.List(new OpportunityQuery { MinScore = best.Detected.Score })));
    }

    [Fact]
    public void Triggers_beyond_the_bound_are_counted()
    {
        var story = OpportunityStory.WithTwoPools(new OppBounds { Triggers = 2 }).Swap("t0").Swap("t1").Swap("t2");

        Assert.Equal((2, 1UL), (story.View.Counts.Triggers, story.View.Counts.NotFollowed));
        story.AssertReplays();
    }

    [Fact]
    public void Opportunities_beyond_the_bound_are_counted()
    {
        var story = OpportunityStory.WithTwoPools(new OppBounds { Open = 2 }).Swap("t0").Swap("t1").Swap("t2");

        Assert.Equal((2, 1UL), (story.View.Counts.Open, story.View.Counts.NotKept));
        story.AssertReplays();
    }

    [Fact]
    public void An_opportunity_for_which_there_is_no_room_counts_once_however_often_it_is_found()
    {
        var story = OpportunityStory.WithTwoPools(new OppBounds { Open = 2 }).Swap("t0").Swap("t1").Swap("t2");

        for (int i = 0; i < 5; i++)
        {
            story.Block($"b{i}").Between($"b{i}", $"far{i}", "a", $"x{i}", 10).Between($"b{i}", $"near{i}", "ether", $"x{i}", 10); // it is looked at again, and nothing else is found
        }

        Assert.Equal((2, 1UL), (story.View.Counts.Open, story.View.Counts.NotKept));
        story.AssertReplays();
    }

    [Fact]
    public void The_closed_one_that_was_closed_first_is_forgotten_beyond_the_bound()
    {
        var story = OpportunityStory.WithTwoPools(new OppBounds { Closed = 2 }).Swap("t0").Swap("t1").Swap("t2");
        story.Block("b1", "t1", "t0", "t2").Reorg("base");

        Assert.Equal(1UL, story.View.Counts.Forgotten);
        Assert.Equal(2, story.Events<LogEvent.OppReopened>().Count);
        story.AssertReplays();
    }

    [Fact]
    public void Triggers_that_one_fact_would_look_at_again_beyond_the_bound_are_counted()
    {
        var story = OpportunityStory.WithTwoPools(new OppBounds { LooksOfOneFact = 2 }).Swap("t0").Swap("t1").Swap("t2");
        story.Block("b1").Pool("b1", "other", OpportunityStory.Million, Twice(OpportunityStory.Million));

        Assert.Equal((2, 1UL), (story.View.Counts.Open, story.View.Counts.NotLookedAtAgain));
        story.AssertReplays();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_swap_is_looked_at_again_when_its_pools_come(bool isNamedByTokens)
    {
        var story = new OpportunityStory();
        if (isNamedByTokens)
        {
            story.Scenario.Decoded(new ScenarioTx("victim", "s", 0) { Call = (TradeScene.Router, TradeScene.SwapIn(OpportunityStory.Million, 0, TradeScene.Ether, TradeScene.Token("a"), TradeScene.Token("b"))) });
        }
        else
        {
            story.Swap("victim");
        }

        Assert.Equal((1, 0), (story.View.Counts.Triggers, story.View.Counts.Open));
        story.Pool("base", "far", OpportunityStory.Million, OpportunityStory.Million, "b");
        story.Between("base", "near", "a", "b", OpportunityStory.Million);
        story.Pool("base", "one", OpportunityStory.Million, OpportunityStory.Million);

        Assert.Equal(1, story.View.Counts.Open);
        Assert.Contains(story.Events<LogEvent.OppDetected>(), static detected => detected.Trigger == Named.Tx("victim"));
        story.AssertReplays();
    }

    private static string IdOf(OpportunityStory story) => Short(story.Events<LogEvent.OppDetected>().Single().Opp);

    private static string Short(Hash256 id) => id.ToString()[2..6];

    private static string NameOf(Hash256 tx) => Enumerable.Range(0, 9).Select(static index => $"t{index}").Single(name => Named.Tx(name) == tx);

    private static UInt256 Twice(UInt256 value) => value + value;

    private static byte[] Bytes(Hash256 hash)
    {
        byte[] bytes = new byte[Hash256.Size];
        hash.CopyTo(bytes);
        return bytes;
    }

    private static byte[] Bytes(Address address)
    {
        byte[] bytes = new byte[Address.Size];
        address.CopyTo(bytes);
        return bytes;
    }

    /// <summary>A length, then the bytes from the highest one that is not zero.</summary>
    private static byte[] Bytes(UInt256 value)
    {
        byte[] word = new byte[UInt256.Size];
        value.WriteBigEndian(word);
        return [(byte)value.ByteLength, .. word[(UInt256.Size - value.ByteLength)..]];
    }
}
