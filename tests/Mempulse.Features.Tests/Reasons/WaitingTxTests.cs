using Mempulse.Features.Reasons;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Features.Tests.Reasons;

/// <summary>Why a waiting transaction is not in a block: one story for each reason.</summary>
public sealed class WaitingTxTests
{
    [Fact]
    public void A_transaction_that_no_record_names_was_not_announced_to_sources_that_had_no_gap()
    {
        var story = Asked.Story();

        var answer = story.Why("unheard of");

        Assert.Equal("Unknown", answer.State);
        Assert.Equal(["unknown_here proof", "not_announced strong"], answer.Verdicts());
        Assert.Equal($"transaction {Named.Tx("unheard of")} is Unknown: No record up to position {story.Log.Last} names this transaction.", answer.Headline);
        Assert.Equal(2ul, answer.The(TxVerdict.NotAnnounced).Number("sources"));
    }

    [Fact]
    public void Absence_is_weak_evidence_after_a_gap_and_none_where_nothing_was_connected()
    {
        var gap = Asked.Story().Loses("beta").Block("b1").Connects("beta").Why("unheard of");
        var blind = Asked.Story().Loses("alpha").Loses("beta").Block("b1").Connects("beta").Why("unheard of");
        var never = new Scenario().Block("base").Why("unheard of");

        Assert.Equal("not_announced weak", gap.Verdicts()[1]);
        Assert.Equal((0ul, 1ul), (gap.The(TxVerdict.NotAnnounced).Number("blind"), gap.The(TxVerdict.NotAnnounced).Number("gaps")));
        Assert.Equal(("not_announced weak", 2_000_000ul), (blind.Verdicts()[1], blind.The(TxVerdict.NotAnnounced).Number("blind")));
        Assert.Contains("nothing could be seen for 2.000 s", blind.Reasons[1].Sentence, StringComparison.Ordinal);
        Assert.Equal("not_announced not_derivable", never.Verdicts()[1]);
        Assert.Equal("What another node received during that time.", never.Reasons[1].WouldDecide);
    }

    [Fact]
    public void A_hash_without_a_body_has_no_reason_but_that()
    {
        var answer = Asked.Story().Seen("a").Block("b1").Why("a");

        Assert.Equal(["body_missing not_derivable", "seen_by proof", "not_seen_by strong"], answer.Verdicts());
        Assert.Equal("Its body, from any node that has it.", answer.Reasons[0].WouldDecide);
    }

    [Fact]
    public void A_nonce_gap_names_the_missing_nonces_and_what_became_of_transactions_with_them()
    {
        var story = Asked.Story(new FoldParameters { ExpirySeconds = 30 })
            .Arrives("first", "alice", 1).NonceReported("alice", 1).Block("b1").Block("b2").Block("b3").Block("b4")
            .Arrives("a", "alice", 4);

        var answer = story.Why("a");

        Assert.Equal("Queued", answer.State);
        var gap = answer.Reasons[0];
        Assert.Equal(("nonce_gap strong", 4ul, 1ul, 3ul), (answer.Verdicts()[0], gap.Number("nonce"), gap.Number("firstMissing"), gap.Number("missing")));
        Assert.StartsWith($"Its nonce is 4, and its sender's nonces 1 to 3 must be used first. {Named.Tx("first")} had nonce 1 and is Expired. A node reports", gap.Sentence, StringComparison.Ordinal);
        Assert.Equal(["TxDecoded", "TxExpired", "TxDecoded"], gap.EvidenceIn(story));
    }

    [Fact]
    public void A_gap_after_a_nonce_that_the_chain_used_is_proven()
    {
        var story = Asked.Story().Arrives("zero", "alice", 0).Block("b1", "zero").Arrives("a", "alice", 2);

        var answer = story.Why("a");

        Assert.Equal(("nonce_gap proof", 1ul, 1ul), (answer.Verdicts()[0], answer.Reasons[0].Number("firstMissing"), answer.Reasons[0].Number("missing")));
        Assert.Contains("nonce 1 must be used first. No transaction with these nonces is on record.", answer.Reasons[0].Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Earlier_transactions_of_the_sender_come_first_and_the_one_that_does_not_pay_is_named()
    {
        var story = Asked.Story().Arrives("zero", "alice", 0).Block("b0", "zero")
            .Arrives("cheap", "alice", 1, fee: 5, tip: 1).Arrives("next", "alice", 2).Arrives("a", "alice", 3).BlockAt(9, "b1");

        var behind = story.Why("a").The(TxVerdict.BehindOwn);

        Assert.Equal(EvidenceStrength.Proof, behind.Strength);
        Assert.Equal((2ul, 1ul, 1ul, 4ul), (behind.Number("earlier"), behind.Number("earlierUnderpriced"), behind.Number("nextNonce"), behind.Number("nextLacks")));
        Assert.Contains($"next {Named.Tx("cheap")} with nonce 1, which pays 4 wei per gas less than the base fee of block 102.", behind.Sentence, StringComparison.Ordinal);
        Assert.Equal(["TxDecoded", "TxDecoded", "BlockObserved"], behind.EvidenceIn(story));
    }

    [Fact]
    public void A_fee_cap_below_the_base_fee_says_by_how_much_since_when_and_for_how_many_blocks_it_was_enough()
    {
        var story = Asked.Story().Arrives("a", "alice", 0, fee: 20, tip: 1)
            .BlockAt(20, "b1").BlockAt(21, "b2").BlockAt(19, "b3").BlockAt(25, "b4").BlockAt(30, "b5");

        var answer = story.Why("a");

        Assert.Equal(["fee_below_base proof", "skipped strong", "seen_by proof", "not_seen_by strong"], answer.Verdicts());
        var fee = answer.Reasons[0];
        Assert.Equal((20ul, 30ul, 10ul), (fee.Number("maxFeePerGas"), fee.Number("baseFeePerGas"), fee.Number("lacks")));
        Assert.Equal((2ul, 2ul, 5ul), (fee.Number("underpricedBlocks"), fee.Number("paidBlocks"), fee.Number("waitedBlocks")));
        Assert.Equal("It pays at most 20 wei per gas, 10 wei less than the base fee of block 105, 30 wei. The base fee has been above its cap since block 104 (2 blocks). It pays that of 2 of the 5 blocks since it arrived.", fee.Sentence);
        Assert.Equal(["TxDecoded", "BlockObserved", "BlockObserved"], fee.EvidenceIn(story));
    }

    [Fact]
    public void A_fee_cap_equal_to_the_base_fee_is_enough()
    {
        var story = Asked.Story().Arrives("a", "alice", 0, fee: 20, tip: 1).BlockAt(20, "b1");

        Assert.DoesNotContain(story.Why("a").Reasons, reason => reason.Verdict == TxVerdict.FeeBelowBase);
    }

    [Theory]
    [InlineData(19, 29_990_000ul, "tip_below_included weak")] // too few tips to say what builders take
    [InlineData(20, 29_990_000ul, "tip_below_included strong")]
    [InlineData(20, 21_000ul, "tip_below_included weak")] // there was room
    public void A_tip_below_all_included_ones_is_a_reason_when_blocks_are_full(int included, ulong gasUsed, string verdict)
    {
        var story = Asked.Story().Arrives("a", "alice", 0, fee: 100, tip: 3);
        string[] others = [.. Enumerable.Range(0, included).Select(static i => $"other {i}")];
        foreach (string other in others)
        {
            story.Arrives(other, other, 0, fee: 100, tip: 5);
        }

        story.GasUsed = gasUsed;
        story.BlockTimeSeconds += 100;
        var answer = story.Block("b1", others).Why("a");

        Assert.Equal(verdict, answer.Verdicts()[0]);
        var tip = answer.Reasons[0];
        Assert.Equal((3ul, 5ul, (ulong)included), (tip.Number("tipPerGas"), tip.Number("lowestIncludedTip"), tip.Number("knownTips")));
        Assert.Equal(["TxDecoded", "BlockObserved"], tip.EvidenceIn(story));
    }

    [Fact]
    public void A_tip_is_what_the_fee_cap_leaves_above_the_base_fee()
    {
        var story = Asked.Story().Arrives("a", "alice", 0, fee: 12, tip: 10).Arrives("other", "bob", 0, fee: 100, tip: 4).BlockAt(10, "b1", "other");

        Assert.Equal((2ul, 4ul), (story.Why("a").The(TxVerdict.TipBelowIncluded).Number("tipPerGas"), story.Why("a").The(TxVerdict.TipBelowIncluded).Number("lowestIncludedTip")));
    }

    [Fact]
    public void When_nothing_keeps_it_out_that_is_not_derivable_and_others_that_paid_less_are_counted()
    {
        var story = Asked.Story().Arrives("a", "alice", 0, fee: 100, tip: 6).Arrives("less", "bob", 0, fee: 100, tip: 5).Arrives("more", "carol", 0, fee: 100, tip: 7)
            .Block("b1", "less", "more");

        var answer = story.Why("a");

        Assert.Equal(["no_obstacle not_derivable", "skipped strong", "seen_by proof", "not_seen_by strong"], answer.Verdicts());
        Assert.Equal((6ul, 1ul, 2ul), (answer.Reasons[0].Number("tipPerGas"), answer.Reasons[0].Number("includedBelow"), answer.Reasons[0].Number("knownTips")));
        Assert.NotNull(answer.Reasons[0].WouldDecide);
        Assert.Equal((1ul, 1ul, 1ul), (answer.Reasons[1].Number("waitedBlocks"), answer.Reasons[1].Number("paidBlocks"), answer.Reasons[1].Number("withRoom")));
    }

    [Fact]
    public void A_block_built_before_it_arrived_could_not_include_it()
    {
        var story = Asked.Story();
        story.BlockTimeSeconds = 1_700_000_000 - 12;
        story.Arrives("a", "alice", 0).Block("b1");

        var answer = story.Why("a");

        Assert.Equal("no_block_yet proof", answer.Verdicts()[0]);
        Assert.DoesNotContain(answer.Reasons, reason => reason.Verdict == TxVerdict.Skipped);
    }

    [Theory]
    [InlineData(1ul, 0ul, null)]
    [InlineData(1ul, 50_000_000ul, "blob_fee_below_base proof")]
    public void A_blob_fee_cap_is_held_against_the_blob_base_fee(ulong cap, ulong excess, string? verdict)
    {
        var story = Asked.Story();
        story.ExcessBlobGas = excess;
        story.BlockTimeSeconds = 1_730_000_000; // Cancun
        story.Seen("a").Decoded(new ScenarioTx("a", "alice", 0) { Type = TxType.Blob, BlobFee = cap });
        story.Fact(Block(20_000_000, 1_730_000_012, excess));

        var found = story.Why("a").Reasons.SingleOrDefault(static reason => reason.Verdict == TxVerdict.BlobFeeBelowBase);

        Assert.Equal(verdict, found is null ? null : $"{found.Verdict} {Primitives.Reasons.StrengthName.Of(found.Strength)}");
        if (found is not null)
        {
            Assert.Equal(3_194_000ul, found.Number("blobBaseFee") / 1_000 * 1_000); // e^(50000000 / 3338477)
            Assert.Equal(found.Number("blobBaseFee") - cap, found.Number("lacks"));
        }
    }

    [Fact]
    public void A_gas_limit_above_the_blocks_fits_into_none()
    {
        var story = Asked.Story().Arrives("a", "alice", 0);
        story.Fact(Block(101, 1_700_000_100, 0, gasLimit: 20_999));

        var gas = story.Why("a").Reasons[0];

        Assert.Equal((TxVerdict.GasAboveBlock, EvidenceStrength.Proof, 21_000ul, 20_999ul), (gas.Verdict, gas.Strength, gas.Number("gasLimit"), gas.Number("blockGasLimit")));
    }

    [Fact]
    public void Sources_that_dropped_it_are_named_and_it_is_strong_evidence_once_all_of_them_did()
    {
        var one = Asked.Story().Seen("a", "beta").Arrives("a", "alice", 0).Block("b1").Left("a");
        var some = one.Why("a").The(TxVerdict.LeftPools);
        var all = one.Left("a", "beta").Why("a");

        Assert.Equal((EvidenceStrength.Weak, 1ul, 2ul), (some.Strength, some.Number("left"), some.Number("announcedBy")));
        Assert.StartsWith("It is no longer in the pool of alpha (found at 2023-11-14T", some.Sentence, StringComparison.Ordinal);
        Assert.Equal(("Left", EvidenceStrength.Strong, 2ul), (all.State, all.The(TxVerdict.LeftPools).Strength, all.The(TxVerdict.LeftPools).Number("left")));
        Assert.Equal(["TxLeft", "TxLeft", "TxVanished"], all.The(TxVerdict.LeftPools).EvidenceIn(one));
    }

    [Fact]
    public void A_wait_beyond_the_limit_ends_the_following_not_the_chance()
    {
        var story = Asked.Story(new FoldParameters { ExpirySeconds = 30 }).Arrives("a", "alice", 0, fee: 5, tip: 1).BlockAt(7, "b1").BlockAt(8, "b2").BlockAt(9, "b3").BlockAt(9, "b4");

        var answer = story.Why("a");

        Assert.Equal("Expired", answer.State);
        Assert.Equal(["expired proof", "fee_below_base proof", "seen_by proof", "not_seen_by strong"], answer.Verdicts());
        Assert.Equal(["BlockObserved", "TxExpired"], answer.Reasons[0].EvidenceIn(story));
    }

    [Fact]
    public void Sightings_are_listed_in_their_order_and_own_gaps_make_absence_weak()
    {
        var story = Asked.Story().Connects("gamma").Seen("gamma's", "gamma").Seen("a", "beta").Decoded(new ScenarioTx("a", "alice", 0)).Seen("a", "alpha")
            .Loses("gamma").Block("b1").Connects("gamma");

        var answer = story.Why("a");

        var seen = answer.The(TxVerdict.SeenBy);
        Assert.EndsWith("by beta, then by alpha 2.000 s later.", seen.Sentence, StringComparison.Ordinal);
        Assert.Equal(["TxSeen", "TxSeen"], seen.EvidenceIn(story));
        var silent = answer.The(TxVerdict.NotSeenBy);
        Assert.Equal((EvidenceStrength.Weak, "1 connected source did not announce it: gamma."), (silent.Strength, silent.Sentence));
        Assert.Equal(1ul, answer.The(TxVerdict.OwnGaps).Number("gaps"));
        Assert.Contains("gamma disconnected from ", answer.The(TxVerdict.OwnGaps).Sentence, StringComparison.Ordinal);
    }

    private static LogEvent.BlockObserved Block(ulong number, ulong timestamp, ulong excess, ulong gasLimit = 30_000_000) => new()
    {
        Hash = Named.Block("own"),
        Number = new BlockNumber(number),
        ParentHash = Named.Block("base"),
        TimestampSeconds = timestamp,
        BaseFeePerGas = new Wei(7),
        GasUsed = new Gas(0),
        GasLimit = new Gas(gasLimit),
        FeeRecipient = default,
        ExcessBlobGas = new Gas(excess),
        BlobGasUsed = default,
        Transactions = [],
        AuthorityNonces = [],
    };
}
