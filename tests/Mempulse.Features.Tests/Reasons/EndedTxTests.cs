using Mempulse.Features.Reasons;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Features.Tests.Reasons;

/// <summary>What became of a transaction that no longer waits: one story for each end.</summary>
public sealed class EndedTxTests
{
    [Fact]
    public void An_included_transaction_says_where_how_long_it_waited_and_which_blocks_passed_it_by()
    {
        var story = Asked.Story().Arrives("a", "alice", 0, fee: 20, tip: 1).BlockAt(15, "b1").BlockAt(25, "b2").Knows(new ScenarioTx("other", "bob", 0)).BlockAt(18, "b3", "other", "a");

        var answer = story.Why("a");

        Assert.Equal(["included proof", "skipped strong", "seen_by proof", "not_seen_by strong"], answer.Verdicts());
        var included = answer.Reasons[0];
        Assert.Equal((103ul, 1ul, 4_000_000ul), (included.Number("block"), included.Number("index"), included.Number("waited")));
        Assert.Equal($"Block 103 ({Named.Block("b3")}) includes it at index 1; it succeeded. It waited 4.000 s from its first sighting.", included.Sentence);
        Assert.Equal(["BlockObserved", "TxIncluded"], included.EvidenceIn(story));
        Assert.Equal((2ul, 1ul), (answer.Reasons[1].Number("waitedBlocks"), answer.Reasons[1].Number("paidBlocks")));
        Assert.Equal(["BlockObserved"], answer.Reasons[1].EvidenceIn(story));
    }

    [Fact]
    public void A_final_inclusion_is_confirmed_and_stays_told_after_the_fold_has_let_go()
    {
        var story = Asked.Story(new FoldParameters { ConfirmationDepthBlocks = 2, RetentionBlocks = 1, ExpirySeconds = 10_000 }).Arrives("a", "alice", 0).Block("b1", "a").EmptyBlocks(2);
        var held = story.Why("a");
        var letGo = story.EmptyBlocks(300, "later").Why("a");

        Assert.Equal(["included proof", "confirmed proof", "seen_by proof", "not_seen_by strong"], held.Verdicts());
        Assert.False(story.Engine.Pool.TryGetTx(Named.Tx("a"), out _));
        Assert.Equal(("Confirmed", held.Reasons[0].Sentence), (letGo.State, letGo.Reasons[0].Sentence));
    }

    [Fact]
    public void A_transaction_that_only_its_block_showed_was_not_announced()
    {
        var answer = Asked.Story().Knows(new ScenarioTx("a", "alice", 0)).Block("b1", "a").Why("a");

        Assert.Equal(["included proof", "not_announced strong"], answer.Verdicts().Take(2));
        Assert.Contains("before block 101", answer.Reasons[1].Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_higher_bid_at_the_same_nonce_replaces_and_says_by_how_much()
    {
        var story = Asked.Story().Arrives("a", "alice", 0, fee: 100, tip: 10).Arrives("better", "alice", 0, fee: 150, tip: 30);

        var answer = story.Why("a");

        Assert.Equal("replaced strong", answer.Verdicts()[0]);
        Assert.StartsWith($"{Named.Tx("better")} outbid it at ", answer.Reasons[0].Sentence, StringComparison.Ordinal);
        Assert.Contains("50 wei more fee cap and 20 wei more tip per gas, at the same nonce", answer.Reasons[0].Sentence, StringComparison.Ordinal);
        Assert.Equal(["TxDecoded", "TxDecoded", "TxReplaced"], answer.Reasons[0].EvidenceIn(story));
    }

    [Fact]
    public void The_bid_that_replaced_it_and_the_block_that_took_its_nonce_are_both_told()
    {
        var story = Asked.Story().Arrives("a", "alice", 0).Arrives("better", "alice", 0, fee: 150, tip: 30).Block("b1", "better");

        var answer = story.Why("a");

        Assert.Equal(["nonce_used proof", "competitor_public proof", "replaced strong"], answer.Verdicts().Take(3));
        Assert.Equal(2_000_000ul, answer.Reasons[1].Number("publicBefore"));
        Assert.Equal(["TxSeen", "BlockObserved"], answer.Reasons[1].EvidenceIn(story));
    }

    [Fact]
    public void A_competitor_that_no_source_announced_is_private_as_strongly_as_the_sources_saw()
    {
        var complete = Asked.Story().Arrives("a", "alice", 0).Knows(new ScenarioTx("hidden", "alice", 0)).Block("b1", "hidden").Why("a");
        var gap = Asked.Story().Arrives("a", "alice", 0).Loses("beta").Knows(new ScenarioTx("hidden", "alice", 0)).Block("b1", "hidden").Why("a");
        var blind = Asked.Story().Loses("beta").Loses("alpha").Arrives("a", "alice", 0).Knows(new ScenarioTx("hidden", "alice", 0)).Block("b1", "hidden").Why("a");

        Assert.Equal(["nonce_used proof", "competitor_private strong"], complete.Verdicts().Take(2));
        Assert.Equal((101ul, 0ul), (complete.Reasons[0].Number("block"), complete.Reasons[0].Number("index")));
        Assert.Equal("competitor_private weak", gap.Verdicts()[1]);
        Assert.EndsWith("unless it was announced in a gap of this node's observation.", gap.Reasons[1].Sentence, StringComparison.Ordinal);
        Assert.Equal("competitor_private not_derivable", blind.Verdicts()[1]);
        Assert.NotNull(blind.Reasons[1].WouldDecide);
    }

    [Fact]
    public void A_sighting_after_the_block_does_not_make_a_competitor_public()
    {
        var story = Asked.Story().Arrives("a", "alice", 0).Knows(new ScenarioTx("hidden", "alice", 0)).Block("b1", "hidden").Seen("hidden", "beta");

        Assert.Equal("competitor_private strong", story.Why("a").Verdicts()[1]);
    }

    [Fact]
    public void A_nonce_that_an_unknown_transaction_used_names_what_would_decide()
    {
        var story = Asked.Story().Arrives("a", "alice", 0).Knows(new ScenarioTx("later", "alice", 1)).Block("b1", "later");

        var answer = story.Why("a");

        Assert.Equal(("Replaced", "nonce_used strong"), (answer.State, answer.Verdicts()[0]));
        Assert.Contains("Its nonce, 0, was found used by block 101.", answer.Reasons[0].Sentence, StringComparison.Ordinal);
        Assert.NotNull(answer.Reasons[0].WouldDecide);
        Assert.Equal(["BlockObserved", "TxReplaced"], answer.Reasons[0].EvidenceIn(story));
    }

    [Fact]
    public void A_competitor_that_a_reorg_took_out_again_still_holds_the_nonce_but_decides_nothing()
    {
        var story = Asked.Story().Arrives("a", "alice", 0).Knows(new ScenarioTx("hidden", "alice", 0)).Block("b1", "hidden").Reorg("base").Block("c1");

        var answer = story.Why("a");

        Assert.Equal(("Replaced", "replaced weak"), (answer.State, answer.Verdicts()[0]));
        Assert.Equal(["TxReplaced", "TxReopened"], answer.Reasons[0].EvidenceIn(story));
    }

    [Fact]
    public void A_reorg_that_took_it_out_of_a_block_is_told_beside_why_it_waits_again()
    {
        var story = Asked.Story().Arrives("a", "alice", 0, fee: 20, tip: 1).BlockAt(15, "b1", "a").Reorg("base").BlockAt(25, "c1").BlockAt(26, "c2");

        var answer = story.Why("a");

        Assert.Equal(("Pending", "fee_below_base proof"), (answer.State, answer.Verdicts()[0]));
        var reopened = answer.The(TxVerdict.Reopened);
        Assert.Equal((EvidenceStrength.Proof, 1ul, 101ul), (reopened.Strength, reopened.Number("times"), reopened.Number("block")));
        Assert.Equal(["ReorgDetected", "TxReopened"], reopened.EvidenceIn(story));
        Assert.Equal(2ul, answer.Reasons[0].Number("waitedBlocks")); // the block that was left is not of this chain
    }

    [Fact]
    public void The_chain_of_an_inclusion_that_was_left_beyond_finality_is_marked()
    {
        var story = Asked.Story().Arrives("a", "alice", 0).Block("b1", "a").EmptyBlocks(65).BeginAnew("again");

        Assert.Contains("The chain of that block was left beyond finality.", story.Why("a").The(TxVerdict.Included).Sentence, StringComparison.Ordinal);
    }
}
