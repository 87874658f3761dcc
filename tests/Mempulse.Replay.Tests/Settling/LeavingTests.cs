using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Histories;
using Mempulse.Replay.Observations;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Replay.Tests.Settling;

/// <summary>A transaction is Left once no source whose pool is checked still has it; a sighting returns it.</summary>
public sealed class LeavingTests
{
    [Fact]
    public void A_transaction_leaves_when_the_last_source_lets_go()
    {
        var story = TwoSources().Seen("a", "alpha").Seen("a", "beta").Decoded(new ScenarioTx("a", "alice", 0));
        story.TakeTrace();

        story.Left("a", "alpha");
        Assert.Equal(TxState.Pending, story.StateOf("a"));
        story.Left("a", "beta");

        Assert.Equal(TxState.Left, story.StateOf("a"));
        Assert.Equal((0, 1), (story.Engine.Pool.CountOf(TxState.Pending), story.Engine.Pool.CountOf(TxState.Left)));
        Assert.Single(story.Trace, static line => line.Contains("-> Left by 2", StringComparison.Ordinal));
        story.Engine.AssertInvariants();
    }

    [Theory]
    [InlineData("alpha")]
    [InlineData("gamma")]
    public void A_sighting_takes_it_back(string source)
    {
        var story = TwoSources().Seen("a", "alpha").Decoded(new ScenarioTx("a", "alice", 0)).Left("a", "alpha");

        story.Seen("a", source);

        Assert.Equal(TxState.Pending, story.StateOf("a"));
        story.Engine.AssertInvariants();
    }

    [Fact]
    public void A_source_that_announces_it_again_has_it_again_when_the_others_let_go()
    {
        var story = TwoSources().Seen("a", "alpha").Seen("a", "beta").Decoded(new ScenarioTx("a", "alice", 0)).Left("a", "alpha").Seen("a", "alpha");

        story.Left("a", "beta");

        Assert.Equal(TxState.Pending, story.StateOf("a"));
        story.Left("a", "alpha");
        Assert.Equal(TxState.Left, story.StateOf("a"));
        Stories.AssertReplays(story);
    }

    [Fact]
    public void A_transaction_whose_body_is_not_known_leaves_and_returns_with_its_body()
    {
        var story = TwoSources().Seen("a", "alpha").Left("a", "alpha");
        Assert.Equal(TxState.Left, story.StateOf("a"));

        story.Decoded(new ScenarioTx("a", "alice", 0));

        Assert.Equal(TxState.Pending, story.StateOf("a"));
        story.Engine.AssertInvariants();
    }

    [Fact]
    public void What_each_source_has_is_what_waits_or_is_in_a_block_that_is_not_final_and_has_not_left_its_pool()
    {
        var story = TwoSources()
            .Fact(new LogEvent.PeerConnected(Named.Tx("key"), "peer", "scenario", "geth", 69, "127.0.0.1:1", IsInbound: false), "peer")
            .Seen("a", "alpha").Seen("a", "beta").Seen("a", "peer").Seen("b", "alpha").Seen("c", "alpha").Seen("d", "alpha")
            .Decoded(new ScenarioTx("a", "alice", 0)).Decoded(new ScenarioTx("b", "bob", 0))
            .Left("a", "beta").Left("c", "alpha")
            .Block("b1", "b");

        Assert.Equal([("alpha", "b a d")], story.Engine.Observations.Holdings(limit: 3).Select(Text));
        Assert.Equal([("alpha", "a d")], story.Engine.Observations.Holdings(limit: 2).Select(Text));
        Assert.Equal([("alpha", "d")], story.Engine.Observations.Holdings(limit: 1).Select(Text));

        static (string Source, string Held) Text(SourceHoldings held) => (
            held.Source == SourceId.Of("alpha") ? "alpha" : "another",
            string.Join(' ', held.Transactions.Select(static hash => "abcd".Single(name => Named.Tx(name.ToString()) == hash))));
    }

    [Fact]
    public void A_peer_or_a_lost_source_cannot_tell()
    {
        var story = TwoSources()
            .Fact(new LogEvent.PeerConnected(Named.Tx("key"), "peer", "scenario", "geth", 69, "127.0.0.1:1", IsInbound: false), "peer")
            .Seen("a", "peer").Seen("a", "alpha").Seen("a", "beta")
            .Fact(new LogEvent.SourceLost("beta", SourceLossReason.Closed, "gone"), "beta");

        story.Left("a", "alpha");

        Assert.Equal(TxState.Left, story.StateOf("a"));
    }

    [Fact]
    public void A_block_includes_it_and_a_reorg_makes_it_wait_again()
    {
        var story = TwoSources().Block("base").Seen("a", "alpha").Decoded(new ScenarioTx("a", "alice", 0)).Left("a", "alpha").Block("b1", "a");
        Assert.Equal(TxState.Included, story.StateOf("a"));

        story.Left("a", "alpha");
        Assert.Equal(TxState.Included, story.StateOf("a"));
        story.Reorg("base");
        Assert.Equal(TxState.Pending, story.StateOf("a"));
        story.Left("a", "alpha");

        Assert.Equal(TxState.Left, story.StateOf("a"));
        story.Engine.AssertInvariants();
    }

    [Fact]
    public void A_source_that_announces_a_reopened_transaction_has_it()
    {
        var story = TwoSources().Block("base").Seen("a", "alpha").Decoded(new ScenarioTx("a", "alice", 0)).Block("b1", "a").Reorg("base").Seen("a", "beta");

        story.Left("a", "alpha");

        Assert.Equal(TxState.Pending, story.StateOf("a"));
        Assert.Equal([SourceId.Of("beta")], story.Engine.Observations.Holdings(limit: 9).Select(static held => held.Source));
        story.Left("a", "beta");
        Assert.Equal(TxState.Left, story.StateOf("a"));
        Stories.AssertReplays(story);
    }

    [Fact]
    public void A_source_that_announces_it_while_a_rival_has_its_place_has_it()
    {
        var story = TwoSources().Knows(new ScenarioTx("a", "alice", 0)).Knows(new ScenarioTx("b", "alice", 0))
            .Block("base").Block("b1", "a").Reorg("base").Block("c1", "b").Seen("a", "alpha");
        Assert.Equal(TxState.Replaced, story.StateOf("a"));

        story.Reorg("base").Block("d1", "a").Reorg("base").Left("a", "beta");
        Assert.Equal(TxState.Pending, story.StateOf("a"));
        story.Left("a", "alpha");

        Assert.Equal(TxState.Left, story.StateOf("a"));
        Stories.AssertReplays(story);
    }

    [Fact]
    public void Any_newcomer_takes_the_nonce_of_one_that_left()
    {
        var story = TwoSources().Seen("a", "alpha").Decoded(new ScenarioTx("a", "alice", 0) { Fee = 100 }).Left("a", "alpha");

        story.Decoded(new ScenarioTx("b", "alice", 0) { Fee = 50 });

        Assert.Equal((TxState.Replaced, TxState.Pending), (story.StateOf("a"), story.StateOf("b")));
        story.Engine.AssertInvariants();
    }

    [Fact]
    public void The_history_names_the_source_that_a_transaction_left_and_the_time()
    {
        var story = TwoSources().Seen("a", "alpha").Seen("a", "beta").Left("a", "alpha").Left("a", "beta").Seen("a", "beta");
        var history = new TxHistory(Named.Tx("a"));
        foreach (var record in story.Log.ScanAfter(GlobalSeq.None))
        {
            if (record.TryGetKey(Primitives.Records.KeyKind.Tx, out var key) && key.Value == Named.Tx("a"))
            {
                history.Add(record);
            }
        }

        var life = history.Build()!;

        Assert.Equal(TxState.Seen, life.State);
        Assert.NotNull(life.Sightings[0].LeftAt);
        Assert.Null(life.Sightings[1].LeftAt);
        Assert.Contains(life.Steps, step => step.State == TxState.Left);
    }

    private static Scenario TwoSources() => new Scenario(Stories.Short)
        .Fact(new LogEvent.SourceConnected("alpha", "scenario", "ws://alpha", Scenario.Chain, "geth", IsSynthetic: false), "alpha")
        .Fact(new LogEvent.SourceConnected("beta", "scenario", "ws://beta", Scenario.Chain, "geth", IsSynthetic: false), "beta");
}
