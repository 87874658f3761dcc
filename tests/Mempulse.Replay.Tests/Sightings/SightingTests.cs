using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Replay.Tests.Sightings;

public sealed class SightingTests
{
    [Fact]
    public void A_duplicate_sighting_is_counted_and_does_not_change_the_status()
    {
        var story = new Scenario()
            .Fact(new LogEvent.SourceConnected("alpha", "rpc", "ws://alpha", Scenario.Chain, "geth", IsSynthetic: false), "alpha")
            .Arrives("a", "alice", 0).Seen("a", "beta");
        story.TakeTrace();

        story.Seen("a", "alpha").Seen("a", "beta").Seen("a", "gamma").Decoded(new ScenarioTx("a", "alice", 0));

        Assert.Empty(story.TakeTrace());
        Assert.Equal(TxState.Pending, story.StateOf("a"));
        var spread = story.Engine.Observations.Find(Named.Tx("a"))!;
        Assert.Equal((5UL, 3, "alpha"), (spread.Sightings, spread.SourceCount, spread.FirstSource));
    }

    [Fact]
    public void A_drop_does_not_change_a_transactions_life()
    {
        var story = new Scenario().Arrives("a", "alice", 0);
        var before = story.Engine.Snapshot();

        story.Fact(new LogEvent.TxIngestDropped(
            Named.Tx("a"), DropReason.QueueFull, "rpc", "decode", 64, 64, 3, Named.Tx("b"), "the queue is full", default));
        story.Fact(new LogEvent.BlockIngestDropped(Named.Block("b"), DropReason.QueueFull, new BlockNumber(7), "the queue is full"));

        Assert.Equal(before.Standings, story.Engine.Snapshot().Standings);
        Assert.Equal(TxState.Pending, story.StateOf("a"));
        Assert.Equal(TxState.Unknown, story.StateOf("b"));
    }
}
