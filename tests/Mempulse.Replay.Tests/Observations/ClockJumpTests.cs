using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Observations;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Replay.Tests.Observations;

/// <summary>The wall clock is set while facts arrive: no gap is made of it, none is lost, and no time is negative.</summary>
public sealed class ClockJumpTests
{
    private const long Hour = 3_600_000;

    [Theory]
    [InlineData(Hour)]
    [InlineData(-Hour)]
    [InlineData(Hour, -2 * Hour, Hour)]
    [InlineData(-2 * Hour, Hour, Hour)]
    [InlineData(Hour / 12)]
    [InlineData(24 * 365 * Hour, -24 * 365 * Hour)]
    public void A_clock_that_is_set_makes_no_source_silent_and_no_time_blind(params long[] jumps)
    {
        var story = new Observed().Epoch(0).Connect(10, "a").Connect(10, "b");
        long at = Spread(story, 20, 0);
        for (int jump = 0; jump < jumps.Length; jump++)
        {
            at = Spread(story, at + jumps[jump], jump + 1);
        }

        Assert.Equal([GapKind.Blind], AllGaps(story).Select(gap => gap.Kind)); // from the epoch to the first connection
        var figures = story.View.Propagation(IObservationView.MaxWindowMinutes);
        Assert.True(figures.From <= figures.To);
        Assert.Equal(Observed.At(at - 1_000), story.View.LastObservedAt);
        Assert.Equal((ulong)(jumps.Length + 1) * 20, story.View.Sources().Aggregate(0UL, (sum, source) => sum + source.Sightings));
        story.AssertReplays();
    }

    /// <summary>While a capture of last year is played, what the writer does has the time of today.</summary>
    [Fact]
    public void The_time_of_a_record_about_the_writers_own_work_is_not_an_observation()
    {
        LogEvent[] records =
        [
            new LogEvent.CheckpointTaken(new GlobalSeq(1), default, "rules"),
            new LogEvent.DamageFound("a.wal", 1, default, default, "a", "b"),
            new LogEvent.RulesLoaded(RuleSet.Registry, default, 1, "a.json"),
        ];
        var story = new Observed().Epoch(Hour).Fact(Hour, "writer", string.Empty, records[2]).Connect(10, "a");
        long at = Spread(story, 20, 0);
        var (before, gaps) = (story.View.LastObservedAt, AllGaps(story).Count);

        foreach (var record in records)
        {
            story.Fact(24 * 365 * Hour, "writer", string.Empty, record);
        }

        Assert.Equal(before, story.View.LastObservedAt);
        Spread(story, at, 1);
        Assert.Equal(gaps, AllGaps(story).Count);
        story.AssertReplays();
    }

    [Fact]
    public void The_minute_that_the_clock_is_set_back_to_counts_anew_and_those_before_it_are_kept()
    {
        const long minute = 60_000;
        var story = new Observed().Epoch(0).Connect(10, "a").Seen(20, "tx0", "a").Seen(minute, "tx1", "a").Seen(minute, "tx2", "a").Seen(15 * minute, "tx3", "a");

        story.Seen(minute + 1, "tx4", "a");

        Assert.Equal((2UL, 1UL), (story.View.Propagation(60).Shown, story.View.Propagation(1).Shown));
        story.AssertReplays();
    }

    [Fact]
    public void A_source_is_found_silent_after_the_clock_was_set_back()
    {
        var story = new Observed().Epoch(0).Connect(10, "a").Connect(10, "b").Seen(Hour, "tx0", "a").Seen(Hour, "tx0", "b").Seen(20, "tx1", "a");
        for (int i = 1; i <= 5; i++)
        {
            story.Seen(20 + (10_000 * i), $"tx{i}", "b");
        }

        Assert.Equal("a", Assert.Single(AllGaps(story), gap => gap.Kind == GapKind.Silent).Name);
        story.AssertReplays();
    }

    [Fact]
    public void An_outage_in_which_the_clock_is_set_back_is_on_record()
    {
        var story = new Observed().Epoch(0).Connect(10, "a").Seen(Hour, "tx0", "a").Lose(Hour + 1_000, "a").Connect(2_000, "a").Seen(3_000, "tx1", "a");

        var gaps = AllGaps(story).Where(gap => gap.To is { } to && to == Observed.At(Hour + 1_000)).ToList();
        Assert.Equal([GapKind.Disconnected, GapKind.Blind], gaps.Select(gap => gap.Kind).Order());
        Assert.All(gaps, gap => Assert.Equal(Observed.At(2_000), gap.From));
        story.AssertReplays();
    }

    [Fact]
    public void Throttling_after_the_clock_was_set_back_is_a_gap_of_its_own()
    {
        var story = new Observed().Epoch(0).ConnectPeer(10, "a").Throttle(Hour, "a", 700).Throttle(1_000, "a", 30).Throttle(2_000, "a", 1);

        var gaps = AllGaps(story).Where(gap => gap.Kind == GapKind.Throttled).ToList();
        Assert.Equal([31UL, 700UL], gaps.Select(gap => gap.Count));
        Assert.Equal(Observed.At(1_000), gaps[0].From);
        story.AssertReplays();
    }

    [Fact]
    public void Delays_across_a_jump_back_are_zero()
    {
        var story = new Observed().Epoch(0).Connect(10, "a").Connect(10, "b").Seen(Hour, "tx", "a").Seen(1_000, "tx", "b").Block(2_000, "tx");

        Assert.Equal(0UL, story.View.Find(Named.Tx("tx"))!.LeadMicros);
        Assert.Equal(1UL, story.View.Propagation(IObservationView.MaxWindowMinutes).Included);
        story.AssertReplays();
    }

    private static IReadOnlyList<ObservationGap> AllGaps(Observed story)
    {
        var gaps = story.View.Gaps(Observed.At(-24 * 400 * Hour), Observed.At(24 * 400 * Hour)).Gaps;
        Assert.All(gaps, gap => Assert.True(gap.To is not { } to || gap.From <= to));
        return gaps;
    }

    /// <summary>Two sources announce ten transactions, a second apart; returns the time of the next one.</summary>
    private static long Spread(Observed story, long at, int round)
    {
        for (int i = 0; i < 10; i++, at += 1_000)
        {
            story.Seen(at, $"tx{round}-{i}", "a").Seen(at, $"tx{round}-{i}", "b");
        }

        return at;
    }
}
