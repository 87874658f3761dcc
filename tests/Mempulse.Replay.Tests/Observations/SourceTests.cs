using Mempulse.Folding;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Observations;
using Mempulse.Replay.Pool;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Replay.Tests.Observations;

public sealed class SourceTests
{
    [Fact]
    public void A_peer_is_a_named_source_that_connects_and_disconnects()
    {
        var story = new Scenario()
            .Fact(new LogEvent.PeerConnected(Named.Tx("key"), "peer:1", "p2p", "Geth/v1", 69, "127.0.0.1:30303", IsInbound: false), "peer:1")
            .Seen("a", "peer:1");

        var source = Assert.Single(story.Engine.Observations.Sources());
        Assert.Equal(("peer:1", true, 1UL), (source.Name, source.IsConnected, source.Firsts));
        story.Fact(new LogEvent.PeerLost(Named.Tx("key"), "peer:1", SourceLossReason.Closed, 4, IsByPeer: true, "too many peers"), "peer:1");
        Assert.False(Assert.Single(story.Engine.Observations.Sources()).IsConnected);
    }

    [Fact]
    public void Each_source_counts_its_sightings_and_what_it_announced_first()
    {
        var story = new Scenario()
            .Fact(Connected("alpha"))
            .Seen("a", "alpha").Seen("a", "beta").Seen("b", "beta").Seen("b", "beta")
            .Fact(new LogEvent.SourceLost("alpha", SourceLossReason.Closed, "closed"));

        var sources = story.Engine.Observations.Sources().ToDictionary(source => source.Id);

        Assert.Equal(("alpha", false, 1ul, 1ul), Show(sources[SourceId.Of("alpha")]));
        Assert.Equal((string.Empty, false, 3ul, 1ul), Show(sources[SourceId.Of("beta")]));

        static (string Name, bool IsConnected, ulong Sightings, ulong Firsts) Show(SourceSummary source) =>
            (source.Name, source.IsConnected, source.Sightings, source.Firsts);
    }

    [Fact]
    public void Sources_of_a_transaction_beyond_the_bound_are_only_counted()
    {
        var story = new Scenario();
        for (int i = 0; i < ArrivalTimes.Limit + 3; i++)
        {
            story.Seen("a", $"source {i}");
        }

        var spread = story.Engine.Observations.Find(Named.Tx("a"))!;
        Assert.Equal((ArrivalTimes.Limit, ArrivalTimes.Limit + 3UL), (spread.SourceCount, spread.Sightings));
    }

    [Fact]
    public void When_the_table_is_full_of_connected_sources_another_counts_for_its_lane_only()
    {
        var story = new Scenario();
        for (int i = 0; i < ObserverTable.Limit; i++)
        {
            story.Fact(Connected($"peer {i}"));
        }

        story.Seen("a", "late");

        story.Engine.AssertInvariants();
        Assert.DoesNotContain(story.Engine.Observations.Sources(), source => source.Id == SourceId.Of("late"));
        Assert.Equal(1UL, story.Engine.Observations.Propagation(1).Sightings);

        story.Fact(new LogEvent.SourceLost("peer 7", SourceLossReason.Closed, "closed")).Seen("b", "late");

        Assert.Equal(1UL, story.Engine.Observations.Sources().Single(source => source.Id == SourceId.Of("late")).Sightings);
        Assert.DoesNotContain(story.Engine.Observations.Sources(), source => source.Name == "peer 7");
        AssertRestores(story.Engine);
    }

    [Fact]
    public void A_writer_that_died_leaves_no_source_connected()
    {
        var story = new Scenario().Fact(Connected("a")).Fact(new LogEvent.EpochStarted(new Epoch(2), Scenario.Chain, "test", new FoldParameters()));

        Assert.False(story.Engine.Observations.Sources().Single(source => source.Name == "a").IsConnected);
        story.Engine.AssertInvariants();
    }

    private static LogEvent.SourceConnected Connected(string name) => new(name, "rpc", "ws://127.0.0.1", Scenario.Chain, "geth", IsSynthetic: false);

    private static void AssertRestores(ReplayEngine engine)
    {
        var saved = new ByteBuffer();
        engine.SaveCheckpoint(saved);
        var restored = FoldComposition.Default.Restore(Scenario.Chain, saved.WrittenSpan);
        restored.AssertInvariants();
        Assert.Equal(engine.Digest(), restored.Digest());
    }
}
