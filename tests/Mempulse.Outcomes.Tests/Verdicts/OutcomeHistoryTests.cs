using CsCheck;
using Mempulse.Folding;
using Mempulse.Outcomes.Bundles;
using Mempulse.Outcomes.Tests.Stories;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Outcomes.Tests.Verdicts;

/// <summary>Random legal histories of a chain and of bundles on it: invariants hold, a restart changes nothing, and no proof is wrong.</summary>
public sealed class OutcomeHistoryTests
{
    private static readonly Gen<uint[]> Steps = Gen.UInt.Array[10, 120];

    [Fact]
    public void Invariants_hold_after_every_step()
    {
        Steps.Sample(
            static steps =>
            {
                var history = new RandomBundles();
                foreach (uint step in steps)
                {
                    history.Step(step);
                    history.Story.Engine.AssertInvariants();
                }
            },
            iter: 60);
    }

    [Fact]
    public void A_restart_anywhere_and_a_replay_give_the_same_state_and_verdicts()
    {
        Gen.Select(Steps, Gen.Int[0, 119]).Sample(
            static (steps, cut) =>
            {
                var history = new RandomBundles();
                for (int i = 0; i < steps.Length; i++)
                {
                    history.Step(steps[i]);
                    if (i == cut)
                    {
                        Restart(history.Story);
                    }
                }

                history.Story.AppendDerived();
                var replayed = FoldComposition.Default.Create(Scenario.Chain);
                replayed.Apply(history.Story.Log.ScanAfter(GlobalSeq.None));
                Assert.Equal((history.Story.Engine.Digest(), 0ul), (replayed.Digest(), replayed.DivergenceCount));
                Assert.Equal(Verdicts(history.Story.Engine.View<IBundleView>()), Verdicts(replayed.View<IBundleView>()));
            },
            iter: 60);
    }

    [Fact]
    public void No_proof_is_wrong()
    {
        int proofs = 0;
        Steps.Sample(
            steps =>
            {
                var history = new RandomBundles();
                foreach (uint step in steps)
                {
                    history.Step(step);
                }

                history.Story.AppendDerived();
                Interlocked.Add(ref proofs, new ProofCheck(history.Story).Check());
            },
            iter: 200);
        Assert.True(proofs > 500, $"Only {proofs} proofs were checked.");
    }

    private static void Restart(Scenario story)
    {
        var saved = new ByteBuffer();
        story.Engine.SaveCheckpoint(saved);
        story.Restart(FoldComposition.Default.Restore(Scenario.Chain, saved.WrittenSpan));
        story.Engine.AssertInvariants();
    }

    private static string[] Verdicts(IBundleView view) => [.. view.Latest(1_000).Select(static bundle => $"{bundle.Built.Bundle} {bundle.Outcome}")];
}
