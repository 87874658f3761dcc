using Mempulse.Replay.Observations;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Replay.Tests.Observations;

public sealed class PropagationTests
{
    [Fact]
    public void First_seen_lead_and_delay_match_the_scripted_times()
    {
        var story = new Observed().Epoch(0).Connect(1, "near").Connect(2, "far").Connect(3, "farther");
        for (int i = 0; i < 10; i++)
        {
            story.Seen(100 * (i + 1), $"tx{i}", "near").Seen((100 * (i + 1)) + 20, $"tx{i}", "far").Seen((100 * (i + 1)) + 50, $"tx{i}", "farther");
        }

        story.Seen(2_000, "only far", "far");

        var (near, far, farther) = (story.FiguresOf("near"), story.FiguresOf("far"), story.FiguresOf("farther"));
        Assert.Equal((10UL, 1UL, 0UL), (near.Firsts, far.Firsts, farther.Firsts));
        Assert.Equal((10UL, 11UL, 10UL), (near.Shown, far.Shown, farther.Shown));
        AssertAbout(20_000, 10, near.Lead);
        AssertAbout(20_000, 10, far.Delay);
        AssertAbout(50_000, 10, farther.Delay);
        Assert.Equal((0UL, 0UL), (near.Delay.Count, far.Lead.Count));
        story.AssertReplays();
    }

    [Fact]
    public void Lanes_are_compared_with_lanes()
    {
        var story = new Observed().Epoch(0).Connect(1, "node").ConnectPeer(2, "a").ConnectPeer(3, "b")
            .Seen(100, "tx", "a", "p2p").Seen(101, "tx", "b", "p2p").Seen(140, "tx", "node");

        Assert.Equal((1UL, 0UL), (story.LaneFigures("p2p").Firsts, story.LaneFigures("rpc").Firsts));
        AssertAbout(40_000, 1, story.LaneFigures("p2p").Lead);
        AssertAbout(40_000, 1, story.LaneFigures("rpc").Delay);
        AssertAbout(1_000, 1, story.FiguresOf("a").Lead);
        var tx = story.View.Find(Named.Tx("tx"))!;
        Assert.Equal(("a", 1_000UL, 3), (tx.FirstSource, tx.LeadMicros, tx.SourceCount));
        Assert.Equal([new LaneArrival("p2p", 0), new LaneArrival("rpc", 40_000)], tx.Lanes);
        story.AssertReplays();
    }

    [Fact]
    public void Coverage_counts_what_a_source_announced_before_the_block()
    {
        var story = new Observed().Epoch(0).Connect(1, "all").Connect(2, "half").Connect(3, "late");
        for (int i = 0; i < 4; i++)
        {
            story.Seen(100, $"tx{i}", "all");
        }

        story.Seen(200, "tx0", "half").Seen(200, "tx1", "half").Lose(300, "late")
            .Block(12_100, "tx0", "tx1", "tx2", "tx3", "private")
            .Seen(12_200, "tx0", "late").Seen(12_300, "private", "late");

        var figures = story.View.Propagation(10);
        Assert.Equal((5UL, 1UL), (figures.Included, figures.Unseen));
        AssertAbout(12_000_000, 4, figures.InclusionLatency);
        Assert.Equal((4UL, 5UL), (story.FiguresOf("all").Covered, story.FiguresOf("all").Coverable));
        Assert.Equal((2UL, 5UL), (story.FiguresOf("half").Covered, story.FiguresOf("half").Coverable));
        Assert.Equal((0UL, 0UL, 2UL), (story.FiguresOf("late").Covered, story.FiguresOf("late").Coverable, story.FiguresOf("late").Late));
        AssertAbout(11_900_000, 2, story.FiguresOf("half").Ahead);
        Assert.Equal((4UL, 5UL), (story.LaneFigures("rpc").Covered, story.LaneFigures("rpc").Coverable));
        story.AssertReplays();
    }

    [Fact]
    public void Heat_counts_every_sighting_before_the_block()
    {
        var story = new Observed().Epoch(0).Connect(1, "a").Connect(2, "b")
            .Seen(10, "tx", "a").Seen(11, "tx", "a").Seen(12, "tx", "b").Block(20, "tx").Seen(30, "tx", "a");

        var heat = story.View.Propagation(1).Heat;
        Assert.Equal([new DelayBucket(4, 1)], heat.Buckets);
        Assert.Equal(3UL, story.View.Find(Named.Tx("tx"))!.Sightings);
        Assert.Equal((3UL, 1UL, 1UL), (story.FiguresOf("a").Sightings, story.FiguresOf("a").Shown, story.FiguresOf("a").Late));
    }

    [Fact]
    public void A_block_repeated_after_a_reorg_includes_nothing_again()
    {
        var story = new Observed().Epoch(0).Connect(1, "a").Seen(10, "tx", "a").Block(20, "tx").Block(30, "tx");

        Assert.Equal(1UL, story.View.Propagation(1).Included);
        Assert.Equal(1UL, story.FiguresOf("a").Coverable);
    }

    [Fact]
    public void A_window_has_the_requested_minutes_and_nothing_older_than_an_hour()
    {
        var story = new Observed().Epoch(0).Connect(1, "a").Seen(10, "old", "a").Seen(600_000, "newer", "a").Seen(660_000, "newest", "a");

        Assert.Equal((1UL, 2UL, 3UL), (story.View.Propagation(1).Shown, story.View.Propagation(2).Shown, story.View.Propagation(12).Shown));
        story.Seen(4_000_000, "much newer", "a");
        Assert.Equal(3UL, story.View.Propagation(60).Shown);
        story.AssertReplays();
    }

    [Fact]
    public void A_clock_that_steps_back_does_not_change_past_minutes()
    {
        var story = new Observed().Epoch(0).Connect(1, "a").Connect(2, "b").Seen(120_000, "tx", "a").Seen(60_000, "tx", "b");

        Assert.Equal(2UL, story.View.Propagation(1).Sightings);
        Assert.Equal(1UL, story.FiguresOf("b").Delay.Count);
        story.AssertReplays();
    }

    [Fact]
    public void A_full_table_evicts_the_sources_lost_longest_ago()
    {
        var story = new Observed().Epoch(0);
        for (int i = 0; i < ObserverTable.Limit + 50; i++)
        {
            story.ConnectPeer(2 * i, $"peer{i}").Seen(2 * i, $"tx{i}", $"peer{i}", "p2p").Lose((2 * i) + 1, $"peer{i}", "p2p");
        }

        story.Engine.AssertInvariants();
        Assert.DoesNotContain(story.View.Observers(), observer => observer.Name == "peer0");
        Assert.Contains(story.View.Observers(), observer => observer.Name == $"peer{ObserverTable.Limit + 49}");
        Assert.Equal((ulong)ObserverTable.Limit + 50, story.View.Propagation(60).Sightings);
        story.AssertReplays();
    }

    private static void AssertAbout(ulong micros, ulong count, DelayFigures figures)
    {
        Assert.Equal(count, figures.Count);
        var bucket = Assert.Single(figures.Buckets);
        Assert.InRange(micros, bucket.Below * 3 / 4, bucket.Below - 1);
        Assert.Equal(bucket.Below, figures.P50);
    }
}
