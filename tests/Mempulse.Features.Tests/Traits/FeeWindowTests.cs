using Mempulse.Features.Grading;
using Mempulse.Features.Rules;
using Mempulse.Features.Tests.Stories;
using Mempulse.Features.Trades;
using Mempulse.Features.Traits;
using Mempulse.Folding;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Features.Tests.Traits;

/// <summary>The trend of fees counts every block that was undone and leads over no hole, and what was let go is part of the state.</summary>
public sealed class FeeWindowTests
{
    private readonly PoolStory _story = new();

    [Fact]
    public void A_block_that_is_undone_again_counts_with_those_before_it()
    {
        _story.Story.Block("b1").Block("b2").Reorg("b1").Block("c2");
        Assert.Equal(1, _story.Views.Traits.Fees!.Value.BlocksUndone);

        _story.Story.Reorg("b1").Block("d2");

        Assert.Equal(2, _story.Views.Traits.Fees!.Value.BlocksUndone);
        _story.AssertReplays();
    }

    [Fact]
    public void No_trend_leads_over_blocks_that_were_missed()
    {
        _story.Story.Fact(FeeBlock.Of("b1", 100, default, baseFee: 50)).Fact(FeeBlock.Of("b2", 101, Named.Block("b1"), baseFee: 60));
        Assert.Equal(new Wei(50), _story.Views.Traits.Fees!.Value.OldestBaseFee);

        _story.Story.Fact(FeeBlock.Of("b9", 108, Named.Block("b8"), baseFee: 90));

        Assert.Equal((new BlockNumber(108), new Wei(90)), (_story.Views.Traits.Fees!.Value.Head, _story.Views.Traits.Fees!.Value.OldestBaseFee));
        _story.AssertReplays();
    }

    [Fact]
    public void What_was_let_go_is_part_of_a_checkpoint()
    {
        _story.Story.Block("b0");
        _story.Swaps("first", 1, 1).Swaps("second", 1, 1);
        var composition = FoldComposition.Of(() =>
        {
            var rules = new RulesFold(_story.Contents);
            var pending = new PendingTrades(rules);
            var graded = new GradeFold(rules, pending);
            return [rules, graded, new TraitFold(rules, pending, graded, maxTxs: 1)];
        });
        var engine = composition.Create(Scenario.Chain);
        engine.Apply(_story.Story.Log.ScanAfter(GlobalSeq.None));
        Assert.Equal(1UL, engine.View<ITraitView>().LetGo);

        var saved = new ByteBuffer();
        engine.SaveCheckpoint(saved);
        var restored = composition.Restore(Scenario.Chain, saved.WrittenSpan);

        Assert.Equal((engine.Digest(), 1UL), (restored.Digest(), restored.View<ITraitView>().LetGo));
    }
}
