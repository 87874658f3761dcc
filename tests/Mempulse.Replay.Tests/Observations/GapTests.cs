using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Observations;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Replay.Tests.Observations;

public sealed class GapTests
{
    [Fact]
    public void A_lost_connection_is_a_gap_until_the_source_is_back()
    {
        var story = new Observed().Epoch(0).Connect(10, "a").Connect(10, "b").Seen(20, "tx", "a").Lose(1_000, "a");

        Assert.Equal([(GapKind.Disconnected, "a", 1_000L, -1L)], Gaps(story, 900, 2_000));
        story.Connect(5_000, "a");
        Assert.Equal([(GapKind.Disconnected, "a", 1_000L, 5_000L)], Gaps(story, 900, 2_000));
        Assert.Empty(Gaps(story, 5_000, 9_000));
        Assert.Empty(Gaps(story, 100, 999));
        Assert.Equal(SourceLossReason.Closed, story.View.Gaps(Observed.At(1_000), Observed.At(1_000)).Gaps[0].Reason);
        story.AssertReplays();
    }

    [Fact]
    public void Without_a_connected_source_the_ledger_is_blind_from_the_first_fact_on()
    {
        var story = new Observed().Epoch(0).Connect(100, "a").Lose(2_000, "a").Connect(3_000, "b").Lose(4_000, "b");

        Assert.Equal([(0L, 100L), (2_000L, 3_000L), (4_000L, -1L)], Gaps(story, 0, 10_000).Where(gap => gap.Kind == GapKind.Blind).Select(gap => (gap.From, gap.To)));
        Assert.True(story.View.Gaps(Observed.At(2_500), Observed.At(2_500)).IsBlind);
        Assert.False(story.View.Gaps(Observed.At(3_500), Observed.At(3_500)).IsBlind);
        story.AssertReplays();
    }

    [Fact]
    public void A_lane_that_delivers_only_blocks_does_not_observe_the_mempool()
    {
        var story = new Observed().Epoch(0).Connect(10, "node", "blocks").Block(20);

        Assert.True(story.View.Gaps(Observed.At(30), Observed.At(30)).IsBlind);
        story.Connect(40, "node", "rpc");
        Assert.False(story.View.Gaps(Observed.At(50), Observed.At(50)).IsBlind);
        story.Lose(60, "node", "blocks");
        Assert.False(story.View.Gaps(Observed.At(70), Observed.At(70)).IsBlind);
        story.AssertReplays();
    }

    [Fact]
    public void What_relays_state_of_blocks_is_no_sight_of_the_mempool_and_its_gaps_are_on_record()
    {
        var story = new Observed().Epoch(0).Connect(10, "relay", "relay-data");

        Assert.True(story.View.Gaps(Observed.At(30), Observed.At(30)).IsBlind);
        story.Lose(60, "relay", "relay-data").Connect(90, "relay", "relay-data");
        Assert.Contains((GapKind.Disconnected, "relay", 60L, 90L), Gaps(story, 50, 100));
        story.AssertReplays();
    }

    [Fact]
    public void A_source_silent_while_others_announce_is_a_gap_with_the_number_it_missed()
    {
        var story = new Observed().Epoch(0).Connect(10, "a").Connect(10, "b").Seen(20, "tx0", "a").Seen(30, "tx0", "b");
        for (int i = 1; i <= 5; i++)
        {
            story.Seen(10_000 * i, $"tx{i}", "b");
        }

        Assert.Equal([(GapKind.Silent, "a", 20L, -1L)], Gaps(story, 0, 60_000).Where(gap => gap.Kind == GapKind.Silent));
        story.Seen(55_000, "tx9", "a");
        var gap = story.View.Gaps(Observed.At(20_000), Observed.At(20_000)).Gaps.Single(found => found.Kind == GapKind.Silent);
        Assert.Equal(("a", Observed.At(55_000), 6UL), (gap.Name, gap.To!.Value, gap.Count));
        story.AssertReplays();
    }

    [Fact]
    public void Throttled_transactions_are_a_gap_with_the_exact_count()
    {
        var story = new Observed().Epoch(0).ConnectPeer(10, "a").Throttle(1_000, "a", 700).Throttle(3_000, "a", 30).Throttle(20_000, "a", 1);

        var gaps = story.View.Gaps(Observed.At(0), Observed.At(30_000)).Gaps.Where(gap => gap.Kind == GapKind.Throttled).ToList();
        Assert.Equal([730UL, 1UL], gaps.Select(gap => gap.Count));
        Assert.Equal((Observed.At(1_000), Observed.At(3_000).Value + 1), (gaps[0].From, gaps[0].To!.Value.Value)); // the last drop is in it
        story.AssertReplays();
    }

    [Fact]
    public void Drops_exactly_five_seconds_apart_are_one_gap_and_a_millisecond_more_makes_two()
    {
        var joined = new Observed().Epoch(0).ConnectPeer(10, "a").Throttle(1_000, "a", 7).Throttle(6_000, "a", 3);
        var split = new Observed().Epoch(0).ConnectPeer(10, "a").Throttle(1_000, "a", 7).Throttle(6_001, "a", 3);

        Assert.Equal([10UL], Counts(joined));
        Assert.Equal([7UL, 3UL], Counts(split));

        static IEnumerable<ulong> Counts(Observed story) =>
            story.View.Gaps(Observed.At(0), Observed.At(30_000)).Gaps.Where(static gap => gap.Kind == GapKind.Throttled).Select(static gap => gap.Count);
    }

    [Theory]
    [InlineData(DropReason.LogUnavailable, "a", GapKind.Unrecorded, true)]
    [InlineData(DropReason.ProcessPaused, "", GapKind.Unrecorded, true)]
    [InlineData(DropReason.QueueFull, "a", GapKind.Throttled, false)]
    [InlineData(DropReason.PeerThrottled, "a", GapKind.Throttled, false)]
    public void Drops_are_a_gap_from_the_first_to_the_last_and_blind_if_nothing_could_be_recorded(DropReason reason, string source, GapKind kind, bool isBlind)
    {
        var story = new Observed().Epoch(0).ConnectPeer(10, "a").Seen(20, "tx", "a", "p2p").Drop(1_000, source, reason, spanMilliseconds: 20_000).Seen(21_500, "tx2", "a", "p2p");

        var gap = Assert.Single(story.View.Gaps(Observed.At(10_000), Observed.At(10_001)).Gaps);
        Assert.Equal((kind, source.Length == 0 ? "p2p" : source, Observed.At(1_000)), (gap.Kind, gap.Name, gap.From));
        Assert.Equal(Observed.At(21_000).Value + 1, gap.To!.Value.Value);
        Assert.Equal(isBlind, story.View.Gaps(Observed.At(10_000), Observed.At(10_001)).IsBlind);
        Assert.False(story.View.Gaps(Observed.At(21_001), Observed.At(21_400)).IsBlind);
        Assert.False(story.View.Gaps(Observed.At(100), Observed.At(900)).IsBlind);
        story.AssertReplays();
    }

    [Fact]
    public void A_writer_that_died_leaves_its_sources_lost_from_its_last_fact_on()
    {
        var story = new Observed().Epoch(0).Connect(10, "a").Seen(500, "tx", "a").Epoch(60_000).Connect(60_100, "a");

        Assert.Equal([(GapKind.Blind, string.Empty, 500L, 60_100L), (GapKind.Disconnected, "a", 500L, 60_100L)], Gaps(story, 1_000, 61_000));
        Assert.Equal(SourceLossReason.Crashed, story.View.Gaps(Observed.At(1_000), Observed.At(1_000)).Gaps.Single(gap => gap.Kind == GapKind.Disconnected).Reason);
        story.AssertReplays();
    }

    [Fact]
    public void Playing_a_capture_does_not_report_its_sources_as_silent()
    {
        var story = new Observed().Epoch(9_000_000).Connect(10, "a").Seen(20, "tx", "a").Epoch(9_500_000).Connect(30, "a").Seen(40, "tx1", "a");

        Assert.Equal(Observed.At(40), story.View.LastObservedAt);
        Assert.Equal(Observed.At(10), story.View.Gaps(Observed.At(0), Observed.At(40)).CompleteSince);
        Assert.Equal([(GapKind.Blind, string.Empty, 20L, 30L), (GapKind.Disconnected, "a", 20L, 30L)], Gaps(story, 11, 10_000_000));
        story.AssertReplays();
    }

    [Fact]
    public void A_writer_without_any_source_is_blind_from_its_start()
    {
        var story = new Observed().Epoch(100);

        Assert.Equal([(GapKind.Blind, string.Empty, 100L, -1L)], Gaps(story, 100, 60_000));
        Assert.Equal([(GapKind.Blind, string.Empty, 100L, 700L)], Gaps(story.Connect(700, "a"), 100, 60_000));
    }

    [Fact]
    public void Older_gaps_are_evicted_and_the_ledger_reports_since_when_it_is_complete()
    {
        var story = new Observed().Epoch(0);
        for (int i = 0; i < GapLedger.Limit; i++)
        {
            story.Connect(10 * i, "a").Lose((10 * i) + 5, "a");
        }

        story.Engine.AssertInvariants();
        var report = story.View.Gaps(Observed.At(0), Observed.At(10_000_000));
        Assert.True(report.CompleteSince > Observed.At(10));
        Assert.True(report.IsCut);
        Assert.Equal(1_000, report.Gaps.Count);
    }

    [Fact]
    public void A_source_in_two_lanes_connects_and_disconnects_in_each()
    {
        var story = new Observed().Epoch(0).Connect(10, "node", "blocks").Connect(10, "node", "rpc").Seen(20, "tx", "node").Lose(30, "node", "blocks");

        Assert.True(story.View.Observers().Single(observer => observer.Lane == "rpc").IsConnected);
        Assert.False(story.View.Observers().Single(observer => observer.Lane == "blocks").IsConnected);
        Assert.Equal(1UL, story.View.Find(Named.Tx("tx"))!.Sightings);
    }

    private static List<(GapKind Kind, string Name, long From, long To)> Gaps(Observed story, long from, long to) =>
        [.. story.View.Gaps(Observed.At(from), Observed.At(to)).Gaps.Select(gap => (gap.Kind, gap.Name, Milliseconds(gap.From), gap.To is { } end ? Milliseconds(end) : -1))];

    private static long Milliseconds(UnixNanoseconds time) => (time.Value - Observed.StartNanoseconds) / 1_000_000;
}
