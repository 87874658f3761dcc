using Mempulse.Outcomes.Tests.Stories;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Outcomes.Tests.Verdicts;

/// <summary>One story for each row of what can become of a bundle.</summary>
public sealed class OutcomeRowTests
{
    private readonly BundleStory _story = new();

    [Fact]
    public void A_bundle_lands_and_its_gain_is_known_to_the_wei_from_verified_logs()
    {
        _story.Builds().Sends().Block("b1", "trigger", "own").Receipts("b1", ["trigger", "own"]);

        var outcome = _story.Outcome()!;
        Assert.Equal((BundleVerdict.Landed, EvidenceStrength.Proof, OutcomeNeed.None), _story.Verdict());
        Assert.Equal((Named.Block("b1"), 0, true), (outcome.Block!.Value, outcome.Index!.Value, outcome.IsRealisedKnown));
        Assert.Equal(outcome.Simulated, outcome.Realised);
        _story.AssertReplays();
    }

    [Fact]
    public void The_gain_differs_from_the_simulated_one_where_the_logs_say_so()
    {
        _story.Builds().Sends().Block("b1", "trigger", "own").Receipts("b1", ["trigger", "own"], gain: BundleStory.Simulated - 1);

        Assert.Equal(WeiDelta.Gain(new Wei(BundleStory.Simulated - 1)), _story.Outcome()!.Realised);
    }

    [Fact]
    public void Before_its_receipts_a_landing_is_weak_because_it_may_have_reverted()
    {
        _story.Builds().Sends().Block("b1", "trigger", "own");

        Assert.Equal((BundleVerdict.Landed, EvidenceStrength.Weak, OutcomeNeed.Receipts), _story.Verdict());
        Assert.False(_story.Outcome()!.IsRealisedKnown);
    }

    [Fact]
    public void Receipts_that_a_node_claims_are_no_proof()
    {
        _story.Builds().Sends().Block("b1", "trigger", "own").Receipts("b1", ["trigger", "own"], isVerified: false);

        Assert.Equal((BundleVerdict.Landed, EvidenceStrength.Strong, OutcomeNeed.Receipts), _story.Verdict());
        _story.AssertReplays();
    }

    [Fact]
    public void A_bundle_reverts_on_chain()
    {
        _story.Builds().Sends().Block("b1", "trigger", "own").Receipts("b1", ["trigger", "own"], failing: "own");

        Assert.Equal((BundleVerdict.Reverted, EvidenceStrength.Proof), (_story.Outcome()!.Verdict, _story.Outcome()!.Strength));
        Assert.Equal(WeiDelta.Gain(default), _story.Outcome()!.Realised);
        _story.AssertReplays();
    }

    [Fact]
    public void A_transaction_that_may_revert_does_not_undo_a_landing()
    {
        _story.Builds(BundleStory.Built() with { Transactions = [BundleStory.Leg(BundleStory.Trigger, mayRevert: true), BundleStory.Leg(BundleStory.Own)] });

        _story.Sends().Block("b1", "trigger", "own").Receipts("b1", ["trigger", "own"], failing: "trigger");

        Assert.Equal((BundleVerdict.Landed, EvidenceStrength.Proof, OutcomeNeed.None), _story.Verdict());
    }

    [Theory]
    [InlineData("trigger", "rival", "own")]
    [InlineData("own", "trigger")]
    [InlineData("own")]
    public void A_bundle_lands_in_part_when_its_own_transaction_is_not_with_the_others(params string[] block)
    {
        _story.Builds().Sends().Block("b1", block).Receipts("b1", block);

        Assert.Equal((BundleVerdict.PartiallyLanded, EvidenceStrength.Proof), (_story.Outcome()!.Verdict, _story.Outcome()!.Strength));
        Assert.Equal(Array.IndexOf(block, "own"), _story.Outcome()!.Index);
        _story.AssertReplays();
    }

    [Fact]
    public void A_competitor_took_its_place()
    {
        _story.Builds().Sends().Block("b1", "trigger", "rival").Examines(CompetitionFinding.TakenByTransaction, "b1", "rival");

        Assert.Equal((BundleVerdict.Outcompeted, EvidenceStrength.Proof, OutcomeNeed.None), _story.Verdict());
        Assert.Equal(Named.Tx("rival"), _story.Outcome()!.By);
        _story.AssertReplays();
    }

    [Fact]
    public void Its_nonce_was_used_by_another_transaction()
    {
        _story.Builds().Sends().Block("b1", "trigger", "other own");

        Assert.Equal((BundleVerdict.NonceUsed, EvidenceStrength.Proof, OutcomeNeed.None), _story.Verdict());
        Assert.Equal((Named.Tx("other own"), Named.Block("b1")), (_story.Outcome()!.By!.Value, _story.Outcome()!.Block!.Value));
        _story.AssertReplays();
    }

    [Fact]
    public void Its_trigger_was_replaced_before_the_target()
    {
        _story.Builds(BundleStory.Built(target: 102)).Sends().Block("b1", "replacement").Block("b2");

        Assert.Equal((BundleVerdict.NonceUsed, EvidenceStrength.Proof), (_story.Outcome()!.Verdict, _story.Outcome()!.Strength));
        Assert.Equal((Named.Tx("replacement"), Named.Block("b1")), (_story.Outcome()!.By!.Value, _story.Outcome()!.Block!.Value));
    }

    [Fact]
    public void The_base_fee_rose_above_what_it_pays()
    {
        _story.Story.BaseFee = 101;

        _story.Builds().Sends().Block("b1");

        Assert.Equal((BundleVerdict.BaseFeeAbove, EvidenceStrength.Proof, OutcomeNeed.None), _story.Verdict());
        _story.AssertReplays();
    }

    [Fact]
    public void A_base_fee_that_is_just_what_it_pays_is_no_obstacle()
    {
        _story.Story.BaseFee = 100;

        _story.Builds().Sends().Block("b1");

        Assert.Equal(BundleVerdict.Expired, _story.Outcome()!.Verdict);
    }

    [Fact]
    public void Requests_left_after_the_target_was_seen()
    {
        _story.Builds().Block("b1", "trigger").Sends();

        Assert.Equal((BundleVerdict.TooLate, EvidenceStrength.Proof, OutcomeNeed.None), _story.Verdict());
        _story.AssertReplays();
    }

    [Fact]
    public void Every_relay_refused_it()
    {
        _story.Builds().Sends(AttemptConsequence.DoNotRetry, "titan", found: ErrorClass.Refused).Sends(AttemptConsequence.Retry, "quasar", found: ErrorClass.RateLimited).Block("b1", "trigger");

        Assert.Equal((BundleVerdict.RefusedByRelay, EvidenceStrength.Strong, OutcomeNeed.BuilderRecords), _story.Verdict());
        Assert.Equal(string.Empty, _story.Outcome()!.Relay);
        _story.AssertReplays();
    }

    [Fact]
    public void One_relay_that_refused_it_is_named()
    {
        _story.Builds().Sends(AttemptConsequence.DoNotRetry, "titan", found: ErrorClass.Refused).Block("b1", "trigger");

        Assert.Equal((BundleVerdict.RefusedByRelay, "titan"), (_story.Outcome()!.Verdict, _story.Outcome()!.Relay));
    }

    [Fact]
    public void Preflight_let_no_request_leave()
    {
        _story.Builds().Refuses(PreflightRule.RefundTooSmall).Block("b1", "trigger");

        Assert.Equal((BundleVerdict.DroppedByPreflight, EvidenceStrength.Proof, OutcomeNeed.None), _story.Verdict());
        Assert.Equal("titan", _story.Outcome()!.Relay);
        _story.AssertReplays();
    }

    [Fact]
    public void It_no_longer_paid_before_it_was_sent()
    {
        _story.Builds();
        _story.Story.Fact(new LogEvent.BundleStale(BundleStory.Id("b"), Named.Block("base"), BundleEnd.DoesNotPay, WeiDelta.Loss(new Wei(5)), null));

        _story.Block("b1", "trigger");

        Assert.Equal((BundleVerdict.Stale, EvidenceStrength.Proof, OutcomeNeed.None), _story.Verdict());
        _story.AssertReplays();
    }

    [Fact]
    public void The_block_that_had_it_left_the_chain()
    {
        _story.Builds().Sends().Block("b1", "trigger", "own").Receipts("b1", ["trigger", "own"]);
        _story.Story.Reorg("base");
        Assert.Equal((BundleVerdict.ReorgedOut, EvidenceStrength.Proof), (Last().Verdict, Last().Strength));

        _story.Block("c1", "trigger");

        Assert.Equal((BundleVerdict.ReorgedOut, EvidenceStrength.Proof, OutcomeNeed.None), _story.Verdict());
        Assert.Equal(Named.Block("b1"), _story.Outcome()!.Block);
        _story.AssertReplays();
    }

    [Fact]
    public void It_expired_and_only_the_state_of_the_block_could_say_why()
    {
        _story.Builds().Sends().Block("b1", "trigger", "rival");

        Assert.Equal((BundleVerdict.Expired, EvidenceStrength.NotDerivable, OutcomeNeed.BlockState), _story.Verdict());
        _story.AssertReplays();
    }

    [Fact]
    public void It_was_a_dry_run()
    {
        _story.Builds(BundleStory.Built() with { IsDryRun = true }).Starts(isDryRun: true).Answers(AttemptConsequence.Accepted, isDryRun: true).Block("b1", "trigger");

        Assert.Equal((BundleVerdict.DryRun, EvidenceStrength.Proof, OutcomeNeed.None), _story.Verdict());
        _story.AssertReplays();
    }

    private LogEvent.BundleOutcome Last() => _story.Story.Log.Derived<LogEvent.BundleOutcome>()[^1];
}
