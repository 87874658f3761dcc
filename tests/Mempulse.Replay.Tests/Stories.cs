using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Pool;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Replay.Tests;

/// <summary>Stories shared by several tests.</summary>
internal static class Stories
{
    /// <summary>Parameters with which a few blocks reach every state.</summary>
    public static FoldParameters Short { get; } = new() { ConfirmationDepthBlocks = 4, RetentionBlocks = 2, ExpirySeconds = 100 };

    /// <summary>Replacement, gap, reorg of depth three, authorisation, confirmation, expiry, removal.</summary>
    public static Scenario Reorg() => new Scenario(Short)
        .Fact(new LogEvent.SourceConnected("alpha", "rpc", "ws://alpha", Scenario.Chain, "geth", false))
        .Arrives("early", "dora", 3)
        .Block("base")
        .Arrives("kept", "alice", 0).Seen("kept", "beta").Seen("kept", "alpha")
        .Arrives("dropped", "bob", 0).Arrives("late", "bob", 2)
        .Arrives("loser", "carol", 0).Arrives("outbid", "carol", 1).Arrives("outbidder", "carol", 1, fee: 200, tip: 20)
        .Knows(new ScenarioTx("winner", "carol", 0)).Knows(new ScenarioTx("hidden", "frank", 9))
        .Seen("only a hash")
        .Block("b1", "kept").Block("b2", "dropped", "hidden").Block("b3", "loser")
        .Decoded(new ScenarioTx("hidden", "frank", 9)).Arrives("rival", "carol", 0, fee: 500, tip: 50)
        .NonceReported("erin", 5)
        .Decoded(new ScenarioTx("delegates", "erin", 5) { Type = TxType.SetCode, Authorizes = [("gina", 7), ("erin", 6)] })
        .Reorg("base")
        .Block("c1").Block("c2", "winner", "delegates").Block("c3", "kept").Block("c4")
        .Arrives("fresh", "gina", 8)
        .EmptyBlocks(6)
        .Seen("kept").Decoded(new ScenarioTx("loser", "carol", 0));

    /// <summary>A story whose fold has bounds of a few entries.</summary>
    public static Scenario Bounded(PoolBounds bounds, int maxSims, FoldParameters? parameters = null)
    {
        var story = new Scenario(parameters);
        var engine = ReplayEngine.Create(Scenario.Chain, bounds, maxSims);
        engine.Apply(story.Log.ScanAfter(GlobalSeq.None));
        return story.Restart(engine);
    }

    /// <summary>
    /// Applies a log fact by fact. Each finds a checkpoint in progress, which must keep the state before the fact, and a digest that was read
    /// before, which must follow every change.
    /// </summary>
    public static void AssertEveryChangeIsReported(ScenarioLog log)
    {
        var engine = ReplayEngine.Create(Scenario.Chain);
        var saved = new ByteBuffer();
        for (var at = GlobalSeq.None; at < log.Last; at = at.Next)
        {
            var before = engine.Digest();
            using (var checkpoint = engine.BeginCheckpoint())
            {
                checkpoint.Sort();
                engine.Apply(log.At(at.Next));
                saved.Clear();
                checkpoint.SaveNext(int.MaxValue, saved);
                Assert.True(before == checkpoint.Digest, $"The checkpoint at {at} has a change of {at.Next}.");
            }

            engine.AssertInvariants();
        }
    }

    /// <summary>The log as written gives the live digest: from its start, and from a checkpoint after each record.</summary>
    public static void AssertReplays(Scenario story)
    {
        var saved = ReplayEngine.Create(Scenario.Chain);
        for (var at = GlobalSeq.None; at < story.Log.Last; at = at.Next)
        {
            var checkpoint = new ByteBuffer();
            saved.SaveCheckpoint(checkpoint);
            var restored = ReplayEngine.Restore(Scenario.Chain, checkpoint.WrittenSpan);
            restored.Apply(story.Log.ScanAfter(at));
            Assert.Equal((story.Engine.Digest(), 0ul), (restored.Digest(), restored.DivergenceCount));
            saved.Apply(story.Log.At(at.Next));
        }
    }
}
