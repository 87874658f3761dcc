using CsCheck;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Replay.Tests.Checkpoints;

/// <summary>Checkpoints that are saved in slices while the fold continues.</summary>
public sealed class PendingCheckpointTests
{
    /// <summary>Whatever is applied between the slices, the result is the state at the position where the checkpoint began.</summary>
    [Fact]
    public void A_checkpoint_saved_between_facts_has_the_state_of_the_position_where_it_began() =>
        Gen.Select(Gen.UInt.Array[5, 150], Gen.UInt, Gen.Int[1, 7]).Sample(
            static (steps, where, slice) =>
            {
                var history = new RandomHistory();
                Array.ForEach(steps, history.Step);
                var log = history.Story.Log;
                ulong at = 1 + (where % log.Last.Value);
                var engine = Applied(log, at);
                var expected = Saved(engine);
                var digest = engine.Digest();

                var into = new ByteBuffer();
                var saved = new ByteBuffer();
                using var checkpoint = engine.BeginCheckpoint();
                checkpoint.Sort();
                var seq = at;
                bool isComplete;
                do
                {
                    if (seq < log.Last.Value)
                    {
                        engine.Apply(log.At(new GlobalSeq(++seq)));
                    }

                    into.Clear(); // each slice belongs to the caller once it is saved
                    isComplete = checkpoint.SaveNext(slice, into);
                    saved.Append(into.WrittenSpan);
                }
                while (!isComplete);

                Assert.Equal((new GlobalSeq(at), digest), (checkpoint.At, checkpoint.Digest));
                Assert.Equal(expected, Convert.ToHexString(saved.WrittenSpan));
                checkpoint.Dispose();
                engine.AssertInvariants();
                Assert.Equal(Applied(log, seq).Digest(), engine.Digest());
            },
            iter: 300);

    [Fact]
    public void An_abandoned_checkpoint_leaves_the_engine_unchanged()
    {
        var log = Stories.Reorg().Log;
        var engine = Applied(log, 30);
        using (var givenUp = engine.BeginCheckpoint())
        {
            givenUp.Sort();
            Assert.False(givenUp.SaveNext(3, new ByteBuffer()));
            Assert.Throws<InvalidOperationException>(() => givenUp.Digest);
            engine.Apply(log.At(new GlobalSeq(31)));
        }

        Assert.Equal(Saved(Applied(log, 31)), Saved(engine));
    }

    [Fact]
    public void Only_one_checkpoint_can_be_in_progress()
    {
        var engine = Applied(Stories.Reorg().Log, 30);
        using var first = engine.BeginCheckpoint();

        Assert.Throws<InvariantBrokenException>(() => engine.BeginCheckpoint());
    }

    private static ReplayEngine Applied(ScenarioLog log, ulong last)
    {
        var engine = ReplayEngine.Create(Scenario.Chain);
        for (ulong seq = 1; seq <= last; seq++)
        {
            engine.Apply(log.At(new GlobalSeq(seq)));
        }

        return engine;
    }

    private static string Saved(ReplayEngine engine)
    {
        var saved = new ByteBuffer();
        engine.SaveCheckpoint(saved);
        return Convert.ToHexString(saved.WrittenSpan);
    }
}
