using Mempulse.Features.Registry;
using Mempulse.Features.Rules;
using Mempulse.Features.Tests.Stories;
using Mempulse.Features.Trades;
using Mempulse.Features.Traits;
using Mempulse.Folding;
using Mempulse.Primitives;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Features.Tests.Traits;

/// <summary>What transactions say is kept while the fold holds them, and the fees of the last blocks follow the canonical chain.</summary>
public sealed class TraitFoldTests
{
    private readonly PoolStory _story = new();

    [Fact]
    public void A_pending_call_has_the_traits_of_its_body_and_its_calldata()
    {
        _story.Swaps("swap", 1_000, 900, deadline: 1_800_000_000);

        var tx = _story.TraitsOf("swap");

        Assert.Equal((CallCategory.Swap, "uniswap-made", "dex", true, 1), (tx.Category, tx.Protocol, tx.TargetKind, tx.IsUnderstood, tx.TradeCount));
        Assert.Equal((PoolStory.Ether, PoolStory.Token), (tx.Trade!.Value.TokenIn, tx.Trade.Value.TokenOut));
        Assert.Equal<UInt256?>([1_000, 900, 1_800_000_000], [tx.Trade.Value.AmountIn.Value, tx.Trade.Value.AmountOut.Value, tx.Trade.Value.Deadline]);
        Assert.Equal<Address?>([Named.Account("sender-swap"), PoolStory.Router, PoolStory.Ether], [tx.Sender, tx.Target, tx.WrappedEther]);
        _story.AssertReplays();
    }

    [Fact]
    public void Settled_transactions_keep_their_traits_until_they_are_gone_and_do_not_wait()
    {
        _story.Story.Block("b0");
        _story.Swaps("one", 1, 1).Swaps("two", 1, 1);
        _story.Story.Block("b1", "one");
        Assert.Equal((1, PoolStory.Router), (_story.Views.Traits.WaitingCount, _story.TraitsOf("one").Target));

        _story.Story.Reorg("b0");
        Assert.Equal(2, _story.Views.Traits.WaitingCount);

        _story.Story.Block("c1", "one").EmptyBlocks(140);
        Assert.Equal((1, false), (_story.Views.Traits.WaitingCount, _story.Views.Traits.TryGet(Named.Tx("one"), out _)));
        _story.AssertReplays();
    }

    [Fact]
    public void Waiting_trades_of_the_same_tokens_are_rivals_and_a_transaction_is_none_of_its_own()
    {
        _story.Story.Block("b0");
        _story.Swaps("buy", 1, 1).Swaps("sell", 2, 2, isSale: true).Swaps("third", 3, 3);
        _story.Calls("approve", PoolStory.Token, PoolStory.ApproveCall(1)).Calls("transfer", PoolStory.Token, PoolStory.TransferCall(1));
        Assert.Equal((2L, 2L, 0L), (_story.FeaturesOf("buy").Rivals, _story.FeaturesOf("sell").Rivals, _story.FeaturesOf("approve").Rivals));

        _story.Story.Block("b1", "third");

        Assert.Equal((1L, 1L, 2L), (_story.FeaturesOf("buy").Rivals, _story.FeaturesOf("sell").Rivals, _story.FeaturesOf("third").Rivals));
        _story.AssertReplays();
    }

    [Fact]
    public void Fees_are_those_of_the_head_and_a_reorg_takes_them_back()
    {
        Assert.Null(_story.Views.Traits.Fees);
        _story.Story.Block("b1").Block("b2");
        Assert.Equal((new BlockNumber(101), new Wei(7), new Wei(7), 0), Fees());

        _story.Story.Reorg("b1");
        Assert.Equal(new BlockNumber(100), Fees().Number);

        _story.Story.Block("c2").Block("c3");
        Assert.Equal((new BlockNumber(102), new Wei(7), new Wei(7), 1), Fees());

        _story.Story.EmptyBlocks(FeeOutlook.TrendBlocks);
        Assert.Equal(0, Fees().Undone);
        _story.AssertReplays();
    }

    [Fact]
    public void A_chain_that_is_left_beyond_finality_leaves_no_fees()
    {
        _story.Story.Block("b1").EmptyBlocks(3).BeginAnew("genesis");

        Assert.Equal(_story.Story.Engine.Pool.Head?.Number, _story.Views.Traits.Fees?.Head);
        _story.AssertReplays();
    }

    [Fact]
    public void A_log_without_a_registry_has_the_digest_of_an_engine_without_traits()
    {
        var story = new PoolStory(hasRegistry: false);
        story.Story.Block("b0");
        story.Swaps("swap", 1, 1);
        story.Story.Block("b1", "swap");
        var plain = FoldComposition.Of(static () => []).Create(Scenario.Chain);
        plain.Apply(story.Story.Log.ScanAfter(GlobalSeq.None));

        Assert.Equal(plain.Digest(), story.Story.Engine.Digest());
    }

    [Fact]
    public void Beyond_the_bound_the_settled_is_forgotten_first_and_then_the_longest_waiting_which_is_counted()
    {
        _story.Story.Block("b0");
        _story.Swaps("included", 1, 1).Swaps("first", 1, 1);
        _story.Story.Block("b1", "included");
        _story.Swaps("second", 1, 1);
        var fold = Folded(maxTxs: 2);
        Assert.Equal((2, 0UL, false), (fold.WaitingCount, fold.LetGo, fold.TryGet(Named.Tx("included"), out _)));

        _story.Swaps("third", 1, 1);

        fold = Folded(maxTxs: 2);
        Assert.Equal((2, 1UL, false, true), (fold.WaitingCount, fold.LetGo, fold.TryGet(Named.Tx("first"), out _), fold.TryGet(Named.Tx("third"), out _)));
        fold.AssertInvariants();
    }

    /// <summary>The story's log, folded with another bound.</summary>
    private TraitFold Folded(int maxTxs)
    {
        var rules = new RulesFold(_story.Contents);
        var traits = new TraitFold(rules, new PendingTrades(rules), maxTxs);
        var engine = FoldComposition.Of(() => [rules, traits]).Create(Scenario.Chain);
        engine.Apply(_story.Story.Log.ScanAfter(GlobalSeq.None));
        return traits;
    }

    private (BlockNumber Number, Wei BaseFee, Wei Next, int Undone) Fees()
    {
        var fees = _story.Views.Traits.Fees!.Value;
        return (fees.Head, fees.BaseFee, fees.NextBaseFee, fees.BlocksUndone);
    }
}
