using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Pools;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Features.Tests.Opportunities;

/// <summary>The book of pools and what is found in it, together, as the node folds them: pools that are asked for, read, moved by receipts and taken back by reorgs while swaps are pending.</summary>
public sealed class BookOpportunityTests
{
    [Fact]
    public void A_pending_swap_between_two_pools_of_the_book_is_an_opportunity_until_a_block_moves_one_of_them()
    {
        var story = new BookOppStory().Swap("victim", "one", 200).Observe("base", "one").Observe("base", "two");

        var detected = Assert.Single(story.Events<LogEvent.OppDetected>(), static opp => opp.Strategy == "backrun-arbitrage");
        Assert.True(detected.Profit > UInt256.Zero);
        Assert.Equal(Named.Block("base"), detected.Base);

        story.Block("b1", [], ("two", 1_010, 990));
        var ended = story.Events<LogEvent.OppInvalidated>().Single(ended => ended.Opp == detected.Opp);
        Assert.Equal((OppEnd.PoolMoved, Named.Block("b1")), (ended.Reason, ended.By!.Value));

        story.Reorg("base");
        Assert.Contains(story.Events<LogEvent.OppReopened>(), opp => opp.Opp == detected.Opp);
        story.AssertReplays();
    }

    [Fact]
    public void No_opportunity_goes_through_a_token_that_is_not_exact()
    {
        var story = new BookOppStory().Swap("victim", "one", 200).Observe("base", "one").Observe("base", "two");
        var detected = Assert.Single(story.Events<LogEvent.OppDetected>(), static opp => opp.Strategy == "backrun-arbitrage");

        story.Lie("l1").Lie("l2").Lie("l3");

        Assert.Single(story.Events<LogEvent.TokenJudged>());
        Assert.Contains(story.Events<LogEvent.OppInvalidated>(), ended => ended.Opp == detected.Opp);
        Assert.Equal(0, story.View.Counts.Open);
        int before = story.Events<LogEvent.OppDetected>().Count;
        story.Swap("next", "one", 300).Swap("last", "two", 300);
        Assert.Equal(before, story.Events<LogEvent.OppDetected>().Count);
        story.AssertReplays();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void A_random_history_gives_the_same_ids_scores_and_digest_live_replayed_and_from_every_checkpoint(ulong seed)
    {
        var story = Told(seed);

        Assert.True(story.View.Counts is { Detected: > 5 }, $"{story.View.Counts}");
        story.AssertReplays();
    }

    [Fact]
    public void The_histories_contain_what_becomes_of_pools_and_opportunities()
    {
        var events = new ulong[] { 1, 2, 3, 4, 5, 6 }.SelectMany(static seed => Told(seed).Events<LogEvent>()).ToList();

        Assert.NotEmpty(events.OfType<LogEvent.OppReopened>());
        Assert.NotEmpty(events.OfType<LogEvent.TokenJudged>());
        Assert.Superset(
            new SortedSet<OppEnd> { OppEnd.PoolMoved, OppEnd.TriggerIncluded },
            new SortedSet<OppEnd>(events.OfType<LogEvent.OppInvalidated>().Select(static ended => ended.Reason)));
    }

    private static BookOppStory Told(ulong seed)
    {
        var random = new PoolRandom(seed);
        var story = new BookOppStory();
        string[] pools = ["one", "two"];
        var waiting = new List<string>();
        var chain = new List<string> { "base" };
        for (int i = 0; i < 60; i++)
        {
            switch (random.Below(10))
            {
                case 0 or 1 or 2:
                    story.Swap($"t{i}", pools[random.Below(2)], (ulong)random.Between(20, 300));
                    waiting.Add($"t{i}");
                    break;
                case 3 or 4 or 5:
                    string[] included = waiting.Count > 0 && random.OneIn(3) ? [waiting[random.Below(waiting.Count)]] : [];
                    waiting.RemoveAll(included.Contains);
                    chain.Add($"b{i}");
                    var moved = pools.Where(_ => random.OneIn(2)).Select(pool => (pool, (ulong)random.Between(950, 1_050), (ulong)random.Between(950, 1_050))).ToArray();
                    story.Block($"b{i}", included, random.OneIn(3), random.OneIn(8), moved);
                    break;
                case 6:
                    chain.Add($"b{i}");
                    story.Lie($"b{i}");
                    break;
                case 7 or 8:
                    story.Observe(chain[^1], pools[random.Below(2)]);
                    break;
                default:
                    int depth = Math.Min(random.Between(1, 3), chain.Count - 1);
                    chain.RemoveRange(chain.Count - depth, depth);
                    story.Reorg(chain[^1]);
                    break;
            }
        }

        return story;
    }
}
