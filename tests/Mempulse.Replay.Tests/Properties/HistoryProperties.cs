using CsCheck;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Replay.Tests.Properties;

/// <summary>Any legal history; CsCheck prints the seed of a failure and shrinks it.</summary>
public sealed class HistoryProperties
{
    private const int Iterations = 150;

    private static readonly Gen<uint[]> Histories = Gen.UInt.Array[1, 120];

    [Fact]
    public void Any_history_keeps_the_invariants_at_every_step() => Histories.Sample(
        static steps =>
        {
            var history = new RandomHistory { ContradictsFinality = true };
            foreach (uint step in steps)
            {
                history.Step(step);
                history.Story.Engine.AssertInvariants();
            }

            Assert.Equal(0ul, history.Story.Engine.DivergenceCount);
        },
        iter: Iterations);

    [Fact]
    public void Live_and_replay_agree_wherever_derived_events_are_in_the_log() => Histories.Sample(
        static steps =>
        {
            var live = Tell(steps);

            var replay = ReplayEngine.Create(Scenario.Chain);
            replay.Apply(live.Log.ScanAfter(GlobalSeq.None));

            Assert.Equal(live.Engine.Digest(), replay.Digest());
            Assert.Equal((0ul, live.Engine.ExpectedCount), (replay.DivergenceCount, replay.ExpectedCount));
        },
        iter: Iterations);

    [Fact]
    public void The_digest_depends_only_on_the_facts() => Histories.Sample(
        static steps =>
        {
            var live = Tell(steps);
            var facts = new ScenarioLog();
            foreach (var record in live.Log.ScanAfter(GlobalSeq.None))
            {
                if (!record.IsDerived)
                {
                    facts.Append(record);
                }
            }

            var replay = ReplayEngine.Create(Scenario.Chain);
            replay.Apply(facts.ScanAfter(GlobalSeq.None));

            Assert.Equal(live.Engine.Digest(), replay.Digest());
        },
        iter: Iterations);

    [Fact]
    public void A_replay_from_any_checkpoint_agrees() => Gen.Select(Histories, Gen.UInt).Sample(
        static (steps, where) =>
        {
            var log = Tell(steps).Log;
            var straight = ReplayEngine.Create(Scenario.Chain);
            straight.Apply(log.ScanAfter(GlobalSeq.None));
            ulong at = 1 + (where % log.Last.Value);

            var first = ReplayEngine.Create(Scenario.Chain);
            for (ulong seq = 1; seq <= at; seq++)
            {
                first.Apply(log.At(new GlobalSeq(seq)));
            }

            var saved = new ByteBuffer();
            first.SaveCheckpoint(saved);
            var second = ReplayEngine.Restore(Scenario.Chain, saved.WrittenSpan);
            second.AssertInvariants();
            second.Apply(log.ScanAfter(second.Applied));

            Assert.Equal(straight.Digest(), second.Digest());
            Assert.Equal((straight.DivergenceCount, straight.ExpectedCount), (second.DivergenceCount, second.ExpectedCount));
            Assert.Equal(Checkpoint(straight), Checkpoint(second));
        },
        iter: Iterations);

    private static Scenario Tell(uint[] steps)
    {
        var history = new RandomHistory { ContradictsFinality = true };
        foreach (uint step in steps)
        {
            history.Step(step);
        }

        return history.Story;
    }

    private static string Checkpoint(ReplayEngine engine)
    {
        var saved = new ByteBuffer();
        engine.SaveCheckpoint(saved);
        return Convert.ToHexString(saved.WrittenSpan);
    }
}
