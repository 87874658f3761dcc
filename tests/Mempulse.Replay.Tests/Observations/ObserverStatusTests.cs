using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Observations;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Replay.Tests.Observations;

/// <summary>The status of a source or peer in every part, through its connections and losses; each part is also restored from a checkpoint.</summary>
public sealed class ObserverStatusTests
{
    [Fact]
    public void A_source_connects_is_lost_and_connects_again()
    {
        var story = new Observed().Epoch(0).Connect(10, "a").Seen(20, "tx", "a");
        var connected = new ObserverStatus
        {
            Ordinal = 2, // the first number is that of its lane
            Source = SourceId.Of("a"),
            Name = "a",
            Lane = "rpc",
            Client = "geth",
            Endpoint = "ws://127.0.0.1",
            Peer = null,
            EthVersion = 0,
            IsInbound = false,
            IsSynthetic = false,
            IsConnected = true,
            FirstConnectedAt = Observed.At(10),
            ConnectedAt = Observed.At(10),
            LostAt = null,
            LossReason = SourceLossReason.Unknown,
            DialFailure = DialFailureReason.Unknown,
            LastShownAt = Observed.At(20),
            Sightings = 1,
        };
        Assert.Equal(connected, Assert.Single(story.View.Observers()));

        story.Lose(30, "a");
        var lost = connected with { IsConnected = false, LostAt = Observed.At(30), LossReason = SourceLossReason.Closed };
        Assert.Equal(lost, Assert.Single(story.View.Observers()));
        story.Lose(35, "a"); // is still lost, since the first time
        Assert.Equal(lost, Assert.Single(story.View.Observers()));

        story.Fact(40, "rpc", "a", new LogEvent.SourceConnected("a", "rpc", "ws://[::1]", Scenario.Chain, "reth", IsSynthetic: true)).Seen(50, "tx", "a").Seen(60, "tx2", "a");
        var again = Assert.Single(story.View.Observers());
        Assert.Equal((Observed.At(10), Observed.At(40), Observed.At(60), 3UL), (again.FirstConnectedAt, again.ConnectedAt, again.LastShownAt, again.Sightings));
        Assert.Equal(("reth", "ws://[::1]", true, true), (again.Client, again.Endpoint, again.IsSynthetic, again.IsConnected));
        story.Connect(70, "a"); // without a loss: the connection is the old one
        Assert.Equal(Observed.At(40), Assert.Single(story.View.Observers()).ConnectedAt);
        story.AssertReplays();
    }

    [Fact]
    public void A_peer_has_a_key_a_version_and_a_direction()
    {
        var story = new Observed().Epoch(0).ConnectPeer(10, "a");

        var status = Assert.Single(story.View.Observers());

        Assert.Equal((Named.Tx("a"), 69UL, true, "Geth/v1", "127.0.0.1:30303", "p2p"), (status.Peer, status.EthVersion, status.IsInbound, status.Client, status.Endpoint, status.Lane));
        Assert.Equal((null, 0UL), (status.LastShownAt, status.Sightings));
        story.AssertReplays();
    }

    [Fact]
    public void A_peer_that_cannot_be_dialled_has_the_reason_until_it_connects()
    {
        var failed = new LogEvent.PeerDialFailed(Named.Tx("a"), "a", "p2p", "127.0.0.1:9", DialFailureReason.Unreachable, "refused");
        var story = new Observed().Epoch(0).Fact(10, "p2p", "a", failed).Fact(20, "p2p", "a", failed with { Reason = DialFailureReason.ConnectTimeout, Endpoint = "127.0.0.1:8" });

        var status = Assert.Single(story.View.Observers());
        Assert.Equal((DialFailureReason.ConnectTimeout, SourceLossReason.ConnectFailed, false), (status.DialFailure, status.LossReason, status.IsConnected));
        Assert.Equal((Named.Tx("a"), "a", "p2p", "127.0.0.1:8", Observed.At(10)), (status.Peer, status.Name, status.Lane, status.Endpoint, status.LostAt));
        Assert.Equal((null, null), (status.FirstConnectedAt, status.ConnectedAt));

        story.ConnectPeer(30, "a").Fact(40, "p2p", "a", failed);
        status = Assert.Single(story.View.Observers());
        Assert.Equal((DialFailureReason.Unknown, true, "127.0.0.1:30303"), (status.DialFailure, status.IsConnected, status.Endpoint));
        story.AssertReplays();
    }

    [Fact]
    public void A_source_in_two_lanes_is_one_with_the_sums_of_both()
    {
        var story = new Observed().Epoch(0).Connect(10, "b", "rpc").Connect(10, "a", "rpc").Connect(10, "a", "p2p")
            .Seen(20, "tx1", "a", "rpc").Seen(21, "tx1", "a", "p2p").Seen(22, "tx2", "a", "p2p").Seen(23, "tx1", "b", "rpc").Lose(30, "a", "rpc");

        var sources = story.View.Sources();

        SourceSummary[] expected = [new(SourceId.Of("a"), "a", IsConnected: true, IsSynthetic: false, 3, 2), new(SourceId.Of("b"), "b", IsConnected: true, IsSynthetic: false, 1, 0)];
        Assert.Equal(expected.OrderBy(static source => source.Id), sources);
        story.AssertReplays();
    }

    [Fact]
    public void A_gap_overlaps_what_it_touches_with_its_start_and_not_with_its_end()
    {
        var story = new Observed().Epoch(0).Connect(10, "b").Connect(10, "a").Lose(1_000, "b").Lose(1_000, "a").Connect(2_000, "b").Connect(2_000, "a");

        Assert.Equal(["", "a", "b"], NamesIn(1_000, 1_000));
        Assert.Equal(["", "a", "b"], NamesIn(1_999, 5_000));
        Assert.Empty(NamesIn(2_000, 5_000));
        Assert.Empty(NamesIn(500, 999));

        IEnumerable<string> NamesIn(long first, long last) => story.View.Gaps(Observed.At(first), Observed.At(last)).Gaps.Select(static gap => gap.Name);
    }
}
