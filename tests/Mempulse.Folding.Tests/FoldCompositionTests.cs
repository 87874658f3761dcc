using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Replay;
using Mempulse.Replay.Entries;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Folding.Tests;

public sealed class FoldCompositionTests
{
    private static readonly FoldComposition Counting = FoldComposition.Default.With(static () => new FactCounter());

    [Fact]
    public void An_additional_derivation_receives_every_fact_and_is_part_of_the_digest()
    {
        var engine = Counting.Create(Scenario.Chain);
        var plain = FoldComposition.Default.Create(Scenario.Chain);

        Apply(engine);
        Apply(plain);

        Assert.EndsWith($"+{FactCounter.Rules}", engine.RuleVersion, StringComparison.Ordinal);
        Assert.NotEqual(plain.Digest(), engine.Digest());
    }

    [Fact]
    public void Each_engine_has_its_own_derivations()
    {
        var first = Counting.Create(Scenario.Chain);
        Apply(first);

        var second = Counting.Create(Scenario.Chain);
        Apply(second);

        Assert.Equal(first.Digest(), second.Digest());
    }

    [Fact]
    public void A_checkpoint_is_restored_by_the_composition_that_saved_it_and_refused_by_another()
    {
        var engine = Counting.Create(Scenario.Chain);
        Apply(engine);
        var saved = new ByteBuffer();
        engine.SaveCheckpoint(saved);

        var restored = Counting.Restore(Scenario.Chain, saved.WrittenSpan);
        var refused = Assert.Throws<CheckpointException>(() => FoldComposition.Default.Restore(Scenario.Chain, saved.WrittenSpan));

        Assert.Equal((engine.Applied, engine.Digest()), (restored.Applied, restored.Digest()));
        Assert.Contains(FactCounter.Rules, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Adding_a_derivation_does_not_change_the_original_composition() =>
        Assert.DoesNotContain(FactCounter.Rules, FoldComposition.Default.Create(Scenario.Chain).RuleVersion, StringComparison.Ordinal);

    private static void Apply(ReplayEngine engine)
    {
        var story = new Scenario();
        story.Seen("a");
        for (ulong seq = 1; seq <= story.Log.Last.Value; seq++)
        {
            engine.Apply(story.Log.At(new GlobalSeq(seq)));
        }
    }
}
