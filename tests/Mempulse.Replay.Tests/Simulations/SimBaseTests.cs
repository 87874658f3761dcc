using Mempulse.Folding;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay.Derivations;
using Mempulse.Replay.Pool;
using Mempulse.Replay.Simulations;
using Mempulse.Replay.Tests.Blocks;
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

    [Theory]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public void A_simulation_whose_base_is_the_last_final_block_is_still_followed_and_below_it_no_longer(int blocksAbove, bool isFollowed)
    {
        var (one, another) = (Followed(1), Followed(2));

        Assert.Equal(101UL + (ulong)blocksAbove - 3, one.Engine.Pool.Final!.Value.Value);
        Assert.Equal(isFollowed, one.Engine.Digest() != another.Engine.Digest());
        one.Engine.AssertInvariants();

        Scenario Followed(byte id) =>
            new Scenario(new FoldParameters { ConfirmationDepthBlocks = 3 }).Block("base").Block("b1").Fact(Simulated(id, "b1", 101)).EmptyBlocks(blocksAbove);
    }

    [Fact]
    public void A_simulation_is_compared_with_the_last_final_block_and_those_above_and_with_none_below()
    {
        var story = new Scenario(new FoldParameters { ConfirmationDepthBlocks = 3 }).Block("base").Block("b1").EmptyBlocks(3);
        Assert.Equal(101UL, story.Engine.Pool.Final!.Value.Value);

        story.Fact(Simulated(1, "other", 100)).Fact(Simulated(2, "b1", 101)).Fact(Simulated(3, "other", 101)).Fact(Simulated(4, "other", 102));

        Assert.Equal(["sim 03: base Left", "sim 04: base Left"], story.TakeTrace());
        story.Engine.AssertInvariants();
    }

    [Fact]
    public void A_simulation_recorded_twice_is_followed_once()
    {
        var story = new Scenario().Block("base").Block("b1").Fact(Simulated(1, "b1", 101)).Fact(Simulated(1, "b1", 101));

        story.Reorg("base");

        Assert.Equal(["sim 01: base Left"], story.TakeTrace());
        story.Engine.AssertInvariants();
    }

    [Theory]
    [InlineData("5 3 1 + 2", "3 5 2")]
    [InlineData("5 3 1 + 2 4 6", "2 4 6")]
    [InlineData("5 3 1 + 2 4 6 7", "4 6 7")]
    [InlineData("+ 2 4 6 7", "4 6 7")]
    public void Of_too_many_simulations_the_lowest_ids_on_the_lowest_base_are_no_longer_followed(string simulated, string left)
    {
        var story = Stories.Bounded(PoolBounds.Default, maxSims: 3).Block("before").Block("base").Block("b1");
        string[] bases = simulated.Split('+');
        Simulate(bases[0], "base", 101);
        Simulate(bases[1], "b1", 102);
        story.TakeTrace();

        story.Reorg("before");

        Assert.Equal(Ids(left).Select(static id => $"sim {id:x2}: base Left"), story.TakeTrace());

        void Simulate(string ids, string block, ulong number)
        {
            foreach (byte id in Ids(ids))
            {
                story.Fact(Simulated(id, block, number));
                story.Engine.AssertInvariants();
            }
        }

        static IEnumerable<byte> Ids(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(byte.Parse);
    }

    [Fact]
    public void A_checkpoint_with_followed_simulations_continues_like_an_uninterrupted_fold()
    {
        var straight = new Scenario().Block("base").Block("b1").Fact(Simulated(1, "b1", 101));
        var saved = new ByteBuffer();
        straight.Engine.SaveCheckpoint(saved);
        var restored = FoldComposition.Default.Restore(Scenario.Chain, saved.WrittenSpan);
        Assert.Equal(straight.Engine.Digest(), restored.Digest());
        restored.AssertInvariants();

        straight.Restart(restored);
        straight.TakeTrace();
        straight.Reorg("base");

        Assert.Equal(["sim 01: base Left"], straight.TakeTrace());
    }

    [Fact]
    public void Beyond_the_bound_the_one_on_the_lowest_base_is_no_longer_followed()
    {
        var engine = ReplayEngine.Create(Scenario.Chain);
        Apply(engine, [BlockTests.BlockAt(100, "base", "before"), BlockTests.BlockAt(101, "b1", "base"), Simulated(1, "base", 100)]);
        Apply(engine, Enumerable.Range(0, SimBases.MaxSims).Select(static id => Simulated(1, "b1", 101) with { Sim = Named.Tx($"{id}") }));
        engine.AssertInvariants();
        Assert.Equal(0, engine.ExpectedCount);

        Apply(engine, [new LogEvent.ReorgDetected(default, default, Named.Block("before"), new BlockNumber(99), 2)]);

        var moved = new EventBatch(DerivedEvents.Lane);
        Assert.Equal(SimBases.MaxSims, engine.ExpectedCount);
        engine.DrainDerived(moved, 1);
        foreach (var record in new SequencedBatch(new Epoch(1), new GlobalSeq(1), 1, new GlobalSeq(1), moved.Records))
        {
            Assert.Equal(Named.Block("b1"), record.BlockKey); // and none on the lower base
        }
    }

    private static void Apply(ReplayEngine engine, IEnumerable<LogEvent> facts)
    {
        var batch = new EventBatch(LaneId.Of("sims"));
        foreach (var chunk in facts.Chunk(1_000))
        {
            batch.Clear();
            ulong seq = engine.Applied.Value;
            foreach (var fact in chunk)
            {
                batch.Add(fact, RecordMeta.Fact(batch.Lane, ++seq, default, default));
            }

            engine.Apply(new SequencedBatch(new Epoch(1), engine.Applied.Next, batch.Count, new GlobalSeq(seq), batch.Records));
        }
    }

    internal static LogEvent.SimCompleted Simulated(byte id, string block, ulong number) => new()
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
