using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Observations;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Replay.Tests.Observations;

/// <summary>The bounds of the ledger of gaps and of the hour of figures: exactly full, one past it, and filled a second time.</summary>
public sealed class ObservationBoundsTests
{
    [Fact]
    public void The_oldest_gaps_are_forgotten_one_by_one_and_the_report_states_since_when_it_is_complete()
    {
        var story = new Observed().Epoch(0).ConnectPeer(0, "a");
        for (int i = 1; i <= GapLedger.Limit; i++)
        {
            story.Drop(1_000 * i, "a", DropReason.LogUnavailable, spanMilliseconds: 10);
        }

        AssertHeld(story, complete: Observed.At(0), first: 1, last: GapLedger.Limit);
        for (int i = GapLedger.Limit + 1; i <= (2 * GapLedger.Limit) + 3; i++)
        {
            story.Drop(1_000 * i, "a", DropReason.LogUnavailable, spanMilliseconds: 10);
            if (i is GapLedger.Limit + 1 or (2 * GapLedger.Limit) + 3)
            {
                AssertHeld(story, complete: new UnixNanoseconds(EndOf(i - GapLedger.Limit)), first: i - GapLedger.Limit + 1, last: i);
            }
        }

        story.AssertReplays();
    }

    [Fact]
    public void An_answer_has_the_newest_thousand_gaps_and_says_that_there_are_more()
    {
        var story = new Observed().Epoch(0).ConnectPeer(0, "a");
        for (int i = 1; i <= 1_000; i++)
        {
            story.Drop(1_000 * i, "a", DropReason.LogUnavailable, spanMilliseconds: 10);
        }

        var exact = story.View.Gaps(Observed.At(2_000), Observed.At(9_000_000));
        var more = story.View.Gaps(Observed.At(1_000), Observed.At(9_000_000));

        Assert.Equal((1_000, false, GapKind.Silent), (exact.Gaps.Count, exact.IsCut, exact.Gaps[0].Kind)); // it has announced nothing since its start
        Assert.Equal((1_000, true, Observed.At(1_000)), (more.Gaps.Count, more.IsCut, more.Gaps[0].From));
    }

    [Fact]
    public void Figures_have_the_last_sixty_minutes_and_the_sixty_first_is_gone()
    {
        const int minute = 60_000;
        var story = new Observed().Epoch(0).Connect(0, "a");
        for (int i = 0; i < 60; i++)
        {
            story.Seen(i * minute, $"tx{i}", "a");
        }

        Assert.Equal((60UL, 1UL), (story.View.Propagation(60).Shown, story.View.Propagation(1).Shown));
        story.Seen((60 * minute) - 1, "in the last one still", "a");
        Assert.Equal((61UL, 2UL), (story.View.Propagation(60).Shown, story.View.Propagation(1).Shown));
        story.Seen(60 * minute, "in the next one", "a");

        story.Engine.AssertInvariants(); // no 61st minute is kept
        Assert.Equal((61UL, 1UL), (story.View.Propagation(60).Shown, story.View.Propagation(1).Shown));
        story.Seen(119 * minute, "an hour after it", "a");
        Assert.Equal(2UL, story.View.Propagation(60).Shown);
        story.Seen(120 * minute, "and a minute", "a");
        Assert.Equal(2UL, story.View.Propagation(60).Shown);
        story.Engine.AssertInvariants();
        story.AssertReplays();
    }

    [Fact]
    public void When_all_places_are_taken_the_source_that_was_lost_first_is_forgotten_and_begins_anew_when_it_returns()
    {
        const string lane = "p2p";
        var story = new Observed().Epoch(0).ConnectPeer(1, "first").Connect(2, "second", lane);
        for (int i = 4; i <= ObserverTable.Limit; i++) // the lane has a place, too
        {
            story.ConnectPeer(i, $"peer:{i}");
        }

        story.ConnectPeer(2_000, "without a place").Lose(2_001, "second", lane);
        LeavePeer(story, 2_002, "first").Seen(2_003, "tx", "second", lane);
        Assert.Equal(["first", "second"], Lost(story));

        story.ConnectPeer(2_004, "third");
        Assert.Equal(["first"], Lost(story));
        story.Connect(2_005, "second", lane);

        Assert.Empty(Lost(story));
        var returned = story.View.Observers().Single(static observer => observer.Name == "second");
        Assert.Equal((true, 0UL, Observed.At(2_005)), (returned.IsConnected, returned.Sightings, returned.FirstConnectedAt));
        Assert.Equal((ObserverTable.Limit - 1, 1UL), (story.View.Observers().Count, story.LaneFigures(lane).Sightings));
        story.Engine.AssertInvariants();
        story.AssertReplays();

        static IEnumerable<string> Lost(Observed story) => story.View.Observers().Where(static observer => !observer.IsConnected).Select(static observer => observer.Name).Order(StringComparer.Ordinal);

        static Observed LeavePeer(Observed story, long at, string peer) =>
            story.Fact(at, lane, peer, new LogEvent.PeerLost(Named.Tx(peer), peer, SourceLossReason.Closed, 4, IsByPeer: true, "left"));
    }

    private static long EndOf(int gap) => Observed.At((1_000 * gap) + 10).Value + 1;

    private static void AssertHeld(Observed story, UnixNanoseconds complete, int first, int last)
    {
        story.Engine.AssertInvariants();
        Assert.Equal(complete, story.View.Gaps(Observed.At(0), Observed.At(0)).CompleteSince);
        Assert.Equal(first == 1 ? [Observed.At(1_000)] : [], FromAt(story, 1));
        Assert.Equal([Observed.At(1_000 * first)], FromAt(story, first));
        Assert.Equal([Observed.At(1_000 * last)], FromAt(story, last));
    }

    private static IEnumerable<UnixNanoseconds> FromAt(Observed story, int gap) =>
        story.View.Gaps(Observed.At(1_000 * gap), Observed.At((1_000 * gap) + 10)).Gaps.Where(static found => found.Kind == GapKind.Unrecorded).Select(static found => found.From);
}
