using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Replay.State;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Replay.Tests.Sightings;

public sealed class SourceTableTests
{
    [Fact]
    public void Peers_that_come_and_go_for_months_leave_room_for_those_of_today()
    {
        var story = new Scenario().Fact(Connected("stays"));
        for (int i = 0; i < SourceTable.Limit + 100; i++)
        {
            story.Fact(Connected($"peer {i}")).Seen($"{i}", $"peer {i}").Fact(new LogEvent.SourceLost($"peer {i}", SourceLossReason.Closed, "closed"));
        }

        story.Engine.AssertInvariants();
        var sources = story.Engine.Pool.Sources();
        Assert.Equal(SourceTable.Limit, sources.Count);
        Assert.Contains(sources, source => source.Name == "stays" && source.IsConnected);
        Assert.Contains(sources, source => source.Name == $"peer {SourceTable.Limit + 99}" && source.Firsts == 1);
        Assert.DoesNotContain(sources, source => source.Name == "peer 0");
        AssertRestores(story.Engine);
    }

    [Fact]
    public void While_all_are_connected_nobody_gives_way_and_the_newcomer_is_counted_without_a_name()
    {
        var story = new Scenario();
        for (int i = 0; i < SourceTable.Limit; i++)
        {
            story.Fact(Connected($"peer {i}"));
        }

        story.Seen("a", "late").Fact(new LogEvent.SourceLost("peer 7", SourceLossReason.Closed, "closed")).Seen("b", "late");

        story.Engine.AssertInvariants();
        var sources = story.Engine.Pool.Sources();
        Assert.Equal(1UL, sources.Single(source => source.Id == SourceId.Of("late")).Sightings);
        Assert.DoesNotContain(sources, source => source.Name == "peer 7");
    }

    [Fact]
    public void A_writer_that_died_leaves_nobody_connected()
    {
        var story = new Scenario().Fact(Connected("a")).Fact(new LogEvent.EpochStarted(new Epoch(2), Scenario.Chain, "test", new FoldParameters()));

        Assert.False(story.Engine.Pool.Sources().Single(source => source.Name == "a").IsConnected);
        story.Engine.AssertInvariants();
    }

    private static LogEvent.SourceConnected Connected(string name) => new(name, "rpc", "ws://127.0.0.1", Scenario.Chain, "geth", IsSynthetic: false);

    private static void AssertRestores(ReplayEngine engine)
    {
        var saved = new ByteBuffer();
        engine.SaveCheckpoint(saved);
        var restored = ReplayEngine.Restore(Scenario.Chain, saved.WrittenSpan);
        restored.AssertInvariants();
        Assert.Equal(engine.Digest(), restored.Digest());
    }
}
