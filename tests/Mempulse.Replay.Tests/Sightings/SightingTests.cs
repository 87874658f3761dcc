using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.State;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Replay.Tests.Sightings;

public sealed class SightingTests
{
    [Fact]
    public void A_duplicate_sighting_is_counted_and_changes_no_status()
    {
        var story = new Scenario().Arrives("a", "alice", 0).Seen("a", "beta");
        story.TakeTrace();

        story.Seen("a", "alpha").Seen("a", "beta").Seen("a", "gamma").Decoded(new ScenarioTx("a", "alice", 0));

        Assert.Empty(story.TakeTrace());
        Assert.Equal(TxState.Pending, story.StateOf("a"));
        Assert.True(story.Engine.Pool.TryGetTx(Named.Tx("a"), out var a));
        Assert.Equal(
            [(SourceId.Of("alpha"), 2u), (SourceId.Of("beta"), 2u), (SourceId.Of("gamma"), 1u)],
            a.Sightings.Select(sighting => (sighting.Source, sighting.Count)));
        Assert.True(a.Sightings[0].FirstAt < a.Sightings[1].FirstAt);
    }

    [Fact]
    public void An_ingest_drop_changes_no_life()
    {
        var story = new Scenario().Arrives("a", "alice", 0);
        var before = story.Engine.LifecycleDigest();

        story.Fact(new LogEvent.TxIngestDropped(
            Named.Tx("a"), DropReason.QueueFull, "rpc", "decode", 64, 64, 3, Named.Tx("b"), "the queue is full", default));
        story.Fact(new LogEvent.BlockIngestDropped(Named.Block("b"), DropReason.QueueFull, new BlockNumber(7), "the queue is full"));

        Assert.Equal(before, story.Engine.LifecycleDigest());
        Assert.Equal(TxState.Pending, story.StateOf("a"));
        Assert.Equal(TxState.Unknown, story.StateOf("b"));
    }

    [Fact]
    public void A_peer_is_a_source_with_a_name_that_comes_and_goes()
    {
        var story = new Scenario()
            .Fact(new LogEvent.PeerConnected(Named.Tx("key"), "peer:1", "p2p", "Geth/v1", 69, "127.0.0.1:30303", IsInbound: false), "peer:1")
            .Seen("a", "peer:1");

        var source = Assert.Single(story.Engine.Pool.Sources());
        Assert.Equal(("peer:1", true, 1UL), (source.Name, source.IsConnected, source.Firsts));
        story.Fact(new LogEvent.PeerLost(Named.Tx("key"), "peer:1", SourceLossReason.Closed, 4, IsByPeer: true, "too many peers"), "peer:1");
        Assert.False(Assert.Single(story.Engine.Pool.Sources()).IsConnected);
    }

    [Fact]
    public void Sources_are_told_apart_by_who_was_first()
    {
        var story = new Scenario()
            .Fact(new LogEvent.SourceConnected("alpha", "rpc", "ws://alpha", Scenario.Chain, "geth", false))
            .Seen("a", "alpha").Seen("a", "beta").Seen("b", "beta").Seen("b", "beta")
            .Fact(new LogEvent.SourceLost("alpha", SourceLossReason.Closed, "closed"));

        var sources = story.Engine.Pool.Sources().ToDictionary(source => source.Id);

        Assert.Equal(("alpha", false, 1ul, 1ul), Show(sources[SourceId.Of("alpha")]));
        Assert.Equal((string.Empty, false, 3ul, 1ul), Show(sources[SourceId.Of("beta")]));

        static (string Name, bool IsConnected, ulong Sightings, ulong Firsts) Show(Views.PoolSource source) =>
            (source.Name, source.IsConnected, source.Sightings, source.Firsts);
    }

    [Fact]
    public void Sources_of_one_transaction_past_the_bound_are_only_counted()
    {
        var story = new Scenario();
        for (int i = 0; i < SightingTally.MaxSources + 3; i++)
        {
            story.Seen("a", $"source {i}");
        }

        Assert.True(story.Engine.Pool.TryGetTx(Named.Tx("a"), out var a));
        Assert.Equal((SightingTally.MaxSources, 3u), (a.Sightings.Count, a.UnlistedSightings));
    }
}
