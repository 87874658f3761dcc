using CsCheck;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Replay.Tests.PlainRules;

/// <summary>The fold against an independent model, after every fact. CsCheck prints the seed of a failure and shrinks it.</summary>
public sealed class LifecycleModelTests
{
    [Fact]
    public void The_fold_agrees_with_the_model_in_every_state_and_every_derived_event() => Gen.UInt.Array[1, 150].Sample(
        static steps => ModelRun.Of(ModelHistory.Of(steps)),
        iter: 1_000);

    [Fact]
    public void The_fold_agrees_with_the_model_in_the_random_histories_of_the_other_properties() => Gen.UInt.Array[1, 100].Sample(
        static steps =>
        {
            var history = new RandomHistory();
            foreach (uint step in steps)
            {
                history.Step(step);
            }

            ModelRun.Of(history.Story.Log);
        },
        iter: 100);

    [Fact]
    public void The_model_agrees_with_the_fold_about_the_story_of_a_reorg() => ModelRun.Of(Stories.Reorg().Log);
}
