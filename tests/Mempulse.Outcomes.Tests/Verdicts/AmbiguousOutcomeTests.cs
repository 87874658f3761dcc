using Mempulse.Outcomes.Tests.Stories;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Outcomes.Tests.Verdicts;

/// <summary>A verdict never says more than its evidence: what public data does not decide is not derivable, and names what would decide it.</summary>
public sealed class AmbiguousOutcomeTests
{
    private readonly BundleStory _story = new();

    [Fact]
    public void A_target_block_that_was_not_observed_decides_nothing()
    {
        _story.Builds().Sends();
        _story.Story.Fact(BlockFarAhead());

        Assert.Equal((BundleVerdict.Expired, EvidenceStrength.NotDerivable, OutcomeNeed.Block), _story.Verdict());
        _story.AssertReplays();
    }

    [Fact]
    public void A_bundle_for_a_block_that_exists_already_is_too_late_whatever_is_sent()
    {
        _story.Block("b1", "trigger");

        _story.Builds(BundleStory.Built() with { Base = default }).Starts();

        Assert.Equal((BundleVerdict.TooLate, EvidenceStrength.Proof, OutcomeNeed.None), _story.Verdict());
        _story.AssertReplays();
    }

    [Fact]
    public void A_block_whose_transactions_a_node_only_claims_proves_nothing()
    {
        _story.Story.Unverified = UnverifiedParts.Transactions;
        _story.Builds().Builds(Second()).Sends().Sends(bundle: "second").Block("b1", "trigger", "own").Receipts("b1", ["trigger", "own"]);

        Assert.Equal((BundleVerdict.Landed, EvidenceStrength.Strong, OutcomeNeed.BlockBodies), _story.Verdict());
        Assert.Equal(EvidenceStrength.Strong, _story.Outcome("second")!.Strength);

        LogEvent.BundleBuilt Second() => BundleStory.Built("second") with { Transactions = [BundleStory.Leg(new ScenarioTx("another", "operator", 7))] };
    }

    [Fact]
    public void A_claimed_block_without_the_bundle_leaves_open_whether_it_has_it()
    {
        _story.Story.Unverified = UnverifiedParts.Transactions;
        _story.Builds().Sends().Block("b1", "trigger");

        Assert.Equal((BundleVerdict.Expired, EvidenceStrength.NotDerivable, OutcomeNeed.BlockBodies), _story.Verdict());
    }

    [Fact]
    public void A_header_that_is_only_claimed_does_not_prove_its_base_fee()
    {
        _story.Story.Unverified = UnverifiedParts.Header;
        _story.Story.BaseFee = 101;

        _story.Builds().Sends().Block("b1");

        Assert.Equal((BundleVerdict.BaseFeeAbove, EvidenceStrength.Strong), (_story.Outcome()!.Verdict, _story.Outcome()!.Strength));
    }

    [Fact]
    public void A_bundle_that_pays_at_every_place_was_left_out_for_a_reason_that_only_the_builder_knows()
    {
        _story.Builds().Sends().Block("b1", "trigger").Examines(CompetitionFinding.PaysThroughout, "b1");
        Assert.Equal((BundleVerdict.Expired, EvidenceStrength.NotDerivable, OutcomeNeed.RelayData), _story.Verdict());

        _story.Claims("b1");

        Assert.Equal((BundleVerdict.Expired, EvidenceStrength.NotDerivable, OutcomeNeed.BuilderRecords), _story.Verdict());
        _story.AssertReplays();
    }

    [Fact]
    public void An_execution_on_state_that_is_not_proven_names_the_competitor_without_proof()
    {
        _story.Builds().Sends().Block("b1", "trigger", "rival").Examines(CompetitionFinding.TakenByTransaction, "b1", "rival", isVerified: false);

        Assert.Equal((BundleVerdict.Outcompeted, EvidenceStrength.Strong, OutcomeNeed.BlockState), _story.Verdict());
    }

    [Fact]
    public void An_execution_that_decided_nothing_changes_nothing_and_is_not_asked_for_again()
    {
        _story.Builds().Sends().Block("b1", "trigger", "rival");
        Assert.Single(_story.View.ToExamine(10));

        _story.Examines(CompetitionFinding.Undecided, "b1");

        Assert.Equal((BundleVerdict.Expired, EvidenceStrength.NotDerivable, OutcomeNeed.BlockState), _story.Verdict());
        Assert.Empty(_story.View.ToExamine(10));
    }

    [Fact]
    public void An_execution_of_a_block_that_left_the_chain_says_nothing_about_the_next()
    {
        _story.Builds().Sends().Block("b1", "trigger", "rival").Examines(CompetitionFinding.TakenByTransaction, "b1", "rival");
        _story.Story.Reorg("base");

        _story.Block("c1", "trigger", "rival");

        Assert.Equal((BundleVerdict.Expired, EvidenceStrength.NotDerivable, OutcomeNeed.BlockState), _story.Verdict());
        Assert.Single(_story.View.ToExamine(10));
        _story.AssertReplays();
    }

    [Fact]
    public void A_bundle_that_did_not_pay_at_the_start_of_its_block_was_stale()
    {
        _story.Builds().Sends().Block("b1", "trigger").Examines(CompetitionFinding.PaysNowhere, "b1");

        Assert.Equal((BundleVerdict.Stale, EvidenceStrength.Proof, OutcomeNeed.None), _story.Verdict());
    }

    [Theory]
    [InlineData(AttemptConsequence.Unknown)]
    [InlineData(AttemptConsequence.Accepted)]
    public void One_relay_that_may_have_it_keeps_the_refusal_of_another_from_being_the_reason(AttemptConsequence first)
    {
        _story.Builds().Sends(first, number: 1).Sends(AttemptConsequence.DoNotRetry, number: 2, found: ErrorClass.Refused).Sends(AttemptConsequence.DoNotRetry, "quasar", found: ErrorClass.Refused).Block("b1", "trigger");

        Assert.Equal(BundleVerdict.Expired, _story.Outcome()!.Verdict);
    }

    [Fact]
    public void An_attempt_without_an_answer_may_have_arrived_even_if_the_next_one_was_refused()
    {
        _story.Builds().Starts().Sends(AttemptConsequence.DoNotRetry, number: 2, found: ErrorClass.Refused).Block("b1", "trigger");

        Assert.Equal(BundleVerdict.Expired, _story.Outcome()!.Verdict);
        _story.AssertReplays();
    }

    [Fact]
    public void A_refusal_that_arrives_after_the_target_still_decides()
    {
        _story.Builds().Starts().Block("b1", "trigger");
        Assert.Equal(BundleVerdict.Expired, _story.Outcome()!.Verdict);

        _story.Answers(AttemptConsequence.DoNotRetry, found: ErrorClass.Refused);

        Assert.Equal(BundleVerdict.RefusedByRelay, _story.Outcome()!.Verdict);
    }

    [Fact]
    public void A_bundle_that_was_withdrawn_is_stale_only_if_every_relay_that_may_have_it_forgot_it()
    {
        _story.Builds().Sends().Sends(relay: "quasar");
        _story.Story.Fact(new LogEvent.BundleCancelled(BundleStory.Id("b"), BundleEnd.Withdrawn, null));
        _story.Starts(command: RelayCommandKind.CancelBundle).Answers(AttemptConsequence.Accepted, command: RelayCommandKind.CancelBundle);
        _story.Starts("quasar", command: RelayCommandKind.CancelBundle).Block("b1", "trigger");
        Assert.Equal((BundleVerdict.Expired, EvidenceStrength.NotDerivable), (_story.Outcome()!.Verdict, _story.Outcome()!.Strength));

        _story.Answers(AttemptConsequence.Accepted, "quasar", command: RelayCommandKind.CancelBundle);

        Assert.Equal(BundleVerdict.Expired, _story.Outcome()!.Verdict); // it forgot it after the block
    }

    [Fact]
    public void A_bundle_that_every_relay_forgot_in_time_is_stale_by_their_word()
    {
        _story.Builds().Sends();
        _story.Story.Fact(new LogEvent.BundleCancelled(BundleStory.Id("b"), BundleEnd.Withdrawn, null));
        _story.Starts(command: RelayCommandKind.CancelBundle).Answers(AttemptConsequence.Accepted, command: RelayCommandKind.CancelBundle).Block("b1", "trigger");

        Assert.Equal((BundleVerdict.Stale, EvidenceStrength.Strong, OutcomeNeed.BuilderRecords), _story.Verdict());
    }

    [Fact]
    public void The_victim_in_the_block_without_us_is_not_our_landing_and_no_use_of_a_nonce()
    {
        _story.Builds().Sends().Block("b1", "trigger");

        Assert.Equal(BundleVerdict.Expired, _story.Outcome()!.Verdict);
    }

    [Fact]
    public void The_victim_in_an_earlier_block_used_the_nonce_that_the_bundle_needs()
    {
        _story.Builds(BundleStory.Built(target: 102)).Sends().Block("b1", "trigger").Block("b2");

        Assert.Equal((BundleVerdict.NonceUsed, Named.Tx("trigger")), (_story.Outcome()!.Verdict, _story.Outcome()!.By!.Value));
    }

    [Fact]
    public void Our_transaction_that_landed_by_the_next_bundle_is_not_a_partial_landing_of_the_one_before()
    {
        _story.Builds().Builds(BundleStory.Built("next", 102) with { Transactions = [BundleStory.Leg(BundleStory.Own)] }).Sends().Sends(bundle: "next").Block("b1", "trigger").Block("b2", "own").Receipts("b2", ["own"]);

        Assert.Equal(BundleVerdict.Expired, _story.Outcome()!.Verdict);
        Assert.Equal((BundleVerdict.Landed, EvidenceStrength.Proof), (_story.Outcome("next")!.Verdict, _story.Outcome("next")!.Strength));
        _story.AssertReplays();
    }

    [Fact]
    public void Our_transaction_that_landed_later_by_itself_is_a_partial_landing()
    {
        _story.Builds().Sends().Block("b1", "trigger").Block("b2", "own").Receipts("b2", ["own"]);

        Assert.Equal((BundleVerdict.PartiallyLanded, Named.Block("b2")), (_story.Outcome()!.Verdict, _story.Outcome()!.Block!.Value));
        _story.AssertReplays();
    }

    [Fact]
    public void What_the_chain_has_counts_even_if_the_log_says_that_nothing_was_sent()
    {
        _story.Builds(BundleStory.Built() with { IsDryRun = true }).Block("b1", "trigger", "own").Receipts("b1", ["trigger", "own"]);

        Assert.Equal((BundleVerdict.Landed, EvidenceStrength.Proof), (_story.Outcome()!.Verdict, _story.Outcome()!.Strength));
    }

    private static LogEvent.BlockObserved BlockFarAhead() => new()
    {
        Hash = Named.Block("far"),
        Number = new BlockNumber(110),
        ParentHash = Named.Block("not observed"),
        TimestampSeconds = 1_700_000_500,
        BaseFeePerGas = new Wei(7),
        GasUsed = default,
        GasLimit = new Gas(30_000_000),
        FeeRecipient = Named.Account("builder"),
        ExcessBlobGas = default,
        BlobGasUsed = default,
        Transactions = [],
        AuthorityNonces = [],
    };
}
