using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Observations;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Replay.Tests.Observations;

/// <summary>Sources that never connected, and sources that left for good.</summary>
public sealed class AbsenceTests
{
    private const string Lane = "p2p";

    [Fact]
    public void A_lane_of_peers_that_never_had_one_is_blind_from_its_start()
    {
        var story = Start(new Observed().Epoch(0), 100);

        Assert.Equal([(GapKind.Blind, string.Empty, 0L, -1L), (GapKind.Blind, Lane, 100L, -1L)], Gaps(story, 50, 9_000));
        Assert.True(story.View.Gaps(Observed.At(5_000), Observed.At(9_000)).IsBlind);
        story.ConnectPeer(700, "peer:1");
        Assert.Equal([(GapKind.Blind, string.Empty, 0L, 700L), (GapKind.Blind, Lane, 100L, 700L)], Gaps(story, 50, 9_000));
        Assert.False(story.View.Gaps(Observed.At(800), Observed.At(9_000)).IsBlind);
        story.AssertReplays();
    }

    [Fact]
    public void A_lane_of_peers_is_blind_while_its_last_peer_is_gone_though_another_lane_is_connected()
    {
        var story = Start(new Observed().Epoch(0).Connect(10, "node"), 20).ConnectPeer(30, "peer:1").ConnectPeer(40, "peer:2");

        Leave(Leave(story, 1_000, "peer:1"), 2_000, "peer:2");

        Assert.Equal([(GapKind.Blind, Lane, 2_000L, -1L)], Gaps(story, 1_000, 9_000));
        Assert.False(story.View.Gaps(Observed.At(1_000), Observed.At(9_000)).IsBlind);
        story.ConnectPeer(3_000, "peer:3");
        Assert.Equal([(GapKind.Blind, Lane, 2_000L, 3_000L)], Gaps(story, 1_000, 9_000));
        story.AssertReplays();
    }

    [Fact]
    public void A_configured_peer_that_cannot_be_connected_is_a_gap_with_the_current_reason()
    {
        var story = Fail(Fail(new Observed().Epoch(0).Connect(10, "node"), 100, "peer:1", DialFailureReason.ConnectionRefused), 500, "peer:1", DialFailureReason.WrongGenesis);

        var gap = Assert.Single(story.View.Gaps(Observed.At(50), Observed.At(9_000)).Gaps);
        Assert.Equal((GapKind.Disconnected, "peer:1", Observed.At(100), DialFailureReason.WrongGenesis), (gap.Kind, gap.Name, gap.From, gap.DialFailure));
        Assert.Null(gap.To);
        var listed = story.View.Observers().Single(observer => observer.Name == "peer:1");
        Assert.Equal((false, DialFailureReason.WrongGenesis, Lane, null), (listed.IsConnected, listed.DialFailure, listed.Lane, listed.FirstConnectedAt));

        story.ConnectPeer(900, "peer:1");
        var closed = Assert.Single(story.View.Gaps(Observed.At(50), Observed.At(9_000)).Gaps);
        Assert.Equal((Observed.At(900), DialFailureReason.WrongGenesis), (closed.To, closed.DialFailure));
        Assert.Equal(DialFailureReason.Unknown, story.View.Observers().Single(observer => observer.Name == "peer:1").DialFailure);
        story.AssertReplays();
    }

    [Fact]
    public void A_source_that_never_connected_is_a_gap_from_its_first_failure()
    {
        var story = new Observed().Epoch(0).Lose(100, "a").Lose(200, "a");

        Assert.Contains((GapKind.Disconnected, "a", 100L, -1L), Gaps(story, 50, 9_000));
        story.Connect(500, "a");
        Assert.Contains((GapKind.Disconnected, "a", 100L, 500L), Gaps(story, 50, 9_000));
        story.AssertReplays();
    }

    [Fact]
    public void A_peer_that_left_is_not_an_open_gap_until_a_dial_of_it_fails()
    {
        var story = Leave(new Observed().Epoch(0).Connect(10, "node").ConnectPeer(20, "peer:1"), 1_000, "peer:1");

        Assert.Empty(Gaps(story, 500, 9_000_000));
        Fail(story, 6_000, "peer:1", DialFailureReason.TooManyPeers);
        Assert.Equal([(GapKind.Disconnected, "peer:1", 1_000L, -1L)], Gaps(story, 500, 9_000));
        story.AssertReplays();
    }

    [Theory]
    [InlineData(SourceLossReason.Closed, 1_000L, 2_000L)] // lost before the restart: its gap ends with the run
    [InlineData(SourceLossReason.Shutdown, null, null)] // stopped with the run
    [InlineData(SourceLossReason.Completed, null, null)] // a capture that ended
    [InlineData(null, null, null)] // killed with the run
    public void A_source_that_the_next_run_does_not_mention_leaves_no_open_gap(SourceLossReason? loss, long? from, long? to)
    {
        var story = new Observed().Epoch(0).Connect(10, "gone").Connect(20, "kept");
        if (loss is { } reason)
        {
            story.Fact(1_000, "rpc", "gone", new LogEvent.SourceLost("gone", reason, "lost"));
        }

        story.Seen(2_000, "tx", "kept").Epoch(60_000).Connect(60_100, "kept");

        Assert.Equal(from is null ? [] : [(GapKind.Disconnected, "gone", from.Value, to!.Value)], Gaps(story, 500, 9_000_000).Where(gap => gap.Name == "gone"));
        Assert.Contains((GapKind.Disconnected, "kept", 2_000L, 60_100L), Gaps(story, 500, 9_000_000));
        story.AssertReplays();
    }

    [Fact]
    public void A_source_that_the_next_run_cannot_reach_stays_a_gap()
    {
        var story = new Observed().Epoch(0).Connect(10, "a").Seen(500, "tx", "a").Epoch(60_000).Lose(60_100, "a");

        Assert.Contains((GapKind.Disconnected, "a", 500L, -1L), Gaps(story, 1_000, 61_000));
        story.AssertReplays();
    }

    [Fact]
    public void A_configured_peer_and_a_lane_of_peers_that_were_removed_leave_no_open_gaps()
    {
        var story = Fail(Start(new Observed().Epoch(0).Connect(10, "node"), 20), 100, "peer:1", DialFailureReason.WrongGenesis);

        story.Seen(2_000, "tx", "node").Epoch(60_000).Connect(60_100, "node");

        Assert.Empty(Gaps(story, 61_000, 9_000_000));
        Assert.Contains((GapKind.Blind, Lane, 20L, 2_000L), Gaps(story, 50, 9_000_000));
        Assert.DoesNotContain(story.View.Observers(), observer => observer.Name == "peer:1");
        story.AssertReplays();
    }

    private static Observed Start(Observed story, long at) =>
        story.Fact(at, Lane, string.Empty, new LogEvent.PeerDialFailed(default, Lane, Lane, string.Empty, DialFailureReason.NoPeerYet, "no peer yet"));

    private static Observed Fail(Observed story, long at, string peer, DialFailureReason reason) =>
        story.Fact(at, Lane, peer, new LogEvent.PeerDialFailed(Named.Tx(peer), peer, Lane, "127.0.0.1:30303", reason, "failed"));

    private static Observed Leave(Observed story, long at, string peer) =>
        story.Fact(at, Lane, peer, new LogEvent.PeerLost(Named.Tx(peer), peer, SourceLossReason.Closed, 4, IsByPeer: true, "too many peers"));

    private static List<(GapKind Kind, string Name, long From, long To)> Gaps(Observed story, long from, long to) =>
        [.. story.View.Gaps(Observed.At(from), Observed.At(to)).Gaps.Select(gap => (gap.Kind, gap.Name, Milliseconds(gap.From), gap.To is { } end ? Milliseconds(end) : -1))];

    private static long Milliseconds(UnixNanoseconds time) => (time.Value - Observed.StartNanoseconds) / 1_000_000;
}
