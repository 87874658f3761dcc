using Mempulse.Primitives.Events;
using Mempulse.Replay.Tests.PlainRules;
using Mempulse.Replay.Tests.Simulations;
using Mempulse.Testing.Scenarios;
using Mempulse.Testing.SimulatedDisk;

namespace Mempulse.Replay.Tests.Checkpoints;

/// <summary>Every entry is reported before it changes: see <see cref="Stories.AssertEveryChangeIsReported"/>.</summary>
public sealed class ChangeReportTests
{
    [Fact]
    public void In_a_reorg() => Stories.AssertEveryChangeIsReported(Stories.Reorg().Log);

    [Fact]
    public void In_bodies_of_transactions_that_a_block_placed_or_that_left_their_source() => Stories.AssertEveryChangeIsReported(
        new Scenario(Stories.Short)
            .Fact(new LogEvent.SourceConnected("alpha", "scenario", "ws://alpha", Scenario.Chain, "geth", IsSynthetic: false))
            .Block("base").Knows(new ScenarioTx("mined", "alice", 0)).Block("b1", "mined").Decoded(new ScenarioTx("mined", "alice", 0))
            .Seen("left").Left("left").Decoded(new ScenarioTx("left", "bob", 0))
            .Seen("again").Left("again").Seen("again").Left("again").Block("b2", "left").Log);

    [Fact]
    public void When_transactions_are_replaced_expire_and_leave() => Stories.AssertEveryChangeIsReported(
        new Scenario(Stories.Short).Block("base").Arrives("old", "alice", 0).Arrives("new", "alice", 0, fee: 200, tip: 20)
            .Arrives("waits", "bob", 0).Arrives("behind", "bob", 1).Seen("hash only").EmptyBlocks(12).Log);

    [Fact]
    public void On_a_chain_that_is_abandoned() => Stories.AssertEveryChangeIsReported(
        new Scenario(Stories.Short).Block("base").Arrives("a", "alice", 0).Block("b1", "a").EmptyBlocks(4).Arrives("b", "bob", 0).Block("b6", "b")
            .BeginAnew("genesis").Seen("a").Block("n1", "b").EmptyBlocks(8).Log);

    [Fact]
    public void When_receipts_complete_and_correct_outcomes() => Stories.AssertEveryChangeIsReported(
        new Scenario { Outcome = ExecutionOutcome.Unknown }.Block("base").Arrives("a", "alice", 0).Arrives("b", "bob", 0).Block("b1", "a", "b")
            .Receipts("b1", 0, isVerified: false, ("a", ExecutionOutcome.Succeeded))
            .Receipts("b1", 0, isVerified: true, ("a", ExecutionOutcome.Reverted), ("b", ExecutionOutcome.Succeeded)).Log);

    [Fact]
    public void When_the_base_of_a_simulation_moves() => Stories.AssertEveryChangeIsReported(
        new Scenario().Block("base").Block("b1").Fact(SimBaseTests.Simulated(1, "b1", 101)).Fact(SimBaseTests.Simulated(2, "other", 101))
            .Reorg("base").Block("c1").Reorg("base").BlockOn("base", "b1").Log);

    [Fact]
    public void In_histories_of_pool_and_chain() => AssertAll(4, 150, static steps => ModelHistory.Of(steps));

    [Fact]
    public void In_histories_of_sources() => AssertAll(4, 80, static steps => ObservationHistory.Of(steps).Select(static fact => (fact.Fact, fact.Source)));

    private static void AssertAll(int histories, int steps, Func<uint[], IEnumerable<(LogEvent Fact, string Source)>> historyOf)
    {
        for (ulong seed = 1; seed <= (ulong)histories; seed++)
        {
            var random = new SeededRandom(seed);
            var story = new Scenario();
            foreach (var (fact, source) in historyOf([.. Enumerable.Range(0, steps).Select(_ => (uint)random.Below(int.MaxValue))]))
            {
                story.Fact(fact, source);
            }

            Stories.AssertEveryChangeIsReported(story.Log);
        }
    }
}
