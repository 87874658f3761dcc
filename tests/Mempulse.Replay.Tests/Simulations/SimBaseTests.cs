using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Replay.Tests.Simulations;

public sealed class SimBaseTests
{
    [Fact]
    public void A_reorg_removes_the_base_of_a_simulation_and_another_restores_it()
    {
        var story = new Scenario().Block("base").Block("b1").Fact(Simulated(1, "b1", 101)).Fact(Simulated(2, "base", 100));
        Assert.Empty(story.TakeTrace());

        story.Reorg("base");
        Assert.Equal(["sim 01: base Left"], story.TakeTrace());

        story.Block("c1");
        Assert.Empty(story.TakeTrace());

        story.Reorg("base").BlockOn("base", "b1");
        Assert.Equal(["sim 01: base Canonical"], story.TakeTrace());
        story.Engine.AssertInvariants();
    }

    [Fact]
    public void A_simulation_on_a_block_outside_the_chain_is_reported_immediately()
    {
        var story = new Scenario().Block("base").Block("b1");
        story.TakeTrace();

        story.Fact(Simulated(1, "other", 101));

        Assert.Equal(["sim 01: base Left"], story.TakeTrace());
    }

    [Fact]
    public void A_simulation_ahead_of_the_followed_chain_is_reviewed_when_its_height_arrives()
    {
        var story = new Scenario().Block("base").Fact(Simulated(1, "b1", 101)).Fact(Simulated(2, "other", 101));
        Assert.Empty(story.TakeTrace());

        story.Block("b1");

        Assert.Equal(["sim 02: base Left"], story.TakeTrace());
    }

    [Fact]
    public void A_simulation_is_followed_until_its_base_is_final()
    {
        var story = new Scenario(new FoldParameters { ConfirmationDepthBlocks = 3 }).Block("base").Block("b1").Fact(Simulated(1, "b1", 101));
        var digest = story.Engine.Digest();
        story.EmptyBlocks(6);
        Assert.Empty(story.TakeTrace()); // a base that became final was not left

        story.Fact(Simulated(2, "base", 100));

        Assert.Empty(story.TakeTrace());
        Assert.NotEqual(digest, story.Engine.Digest());
        story.Engine.AssertInvariants();
    }

    [Fact]
    public void A_checkpoint_with_followed_simulations_continues_like_an_uninterrupted_fold()
    {
        var straight = new Scenario().Block("base").Block("b1").Fact(Simulated(1, "b1", 101));
        var saved = new ByteBuffer();
        straight.Engine.SaveCheckpoint(saved);
        var restored = ReplayEngine.Restore(Scenario.Chain, saved.WrittenSpan);
        Assert.Equal(straight.Engine.Digest(), restored.Digest());
        restored.AssertInvariants();

        straight.Restart(restored);
        straight.TakeTrace();
        straight.Reorg("base");

        Assert.Equal(["sim 01: base Left"], straight.TakeTrace());
    }

    private static LogEvent.SimCompleted Simulated(byte id, string block, ulong number) => new()
    {
        Sim = Hash(id),
        Base = Named.Block(block),
        BaseNumber = new BlockNumber(number),
        Category = FailureCategory.None,
        Detail = "ok",
        GasUsed = new Gas(21_000),
        CoinbasePayment = default,
        Account = Named.Account("alice"),
        Profit = default,
        IsVerified = true,
        LogsDigest = default,
        TraceDigest = default,
        WitnessDigest = default,
        EngineVersion = 1,
        RulesVersion = 1,
        Transactions = [],
    };

    private static Hash256 Hash(byte id) => new([.. Enumerable.Repeat(id, Hash256.Size)]);
}
