using Mempulse.Features.Failures;
using Mempulse.Features.Grading;
using Mempulse.Features.Rules;
using Mempulse.Features.Trades;
using Mempulse.Features.Tests.Stories;
using Mempulse.Features.Traits;
using Mempulse.Folding;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Features.Tests.Failures;

/// <summary>Included calls count once for their sender and their target, by what the chain says of them.</summary>
public sealed class FailureFoldTests
{
    private readonly PoolStory _story = new();

    public FailureFoldTests()
    {
        _story.Story.Outcome = ExecutionOutcome.Unknown;
        _story.Story.Block("base");
    }

    private IFailureView View => _story.Views.Failures;

    [Fact]
    public void Calls_count_for_their_sender_and_their_target_when_verified_receipts_tell_their_outcome()
    {
        _story.Swaps("good", 1, 1).Swaps("bad", 1, 1);
        _story.Story.Block("b1", "good", "bad");
        Assert.Equal(default, View.OfTarget(PoolStory.Router));

        _story.Story.Receipts("b1", 0, isVerified: true, ("good", ExecutionOutcome.Succeeded), ("bad", ExecutionOutcome.Reverted));

        Assert.Equal(new CallHistory(2, 0b01), View.OfTarget(PoolStory.Router));
        Assert.Equal((10_000, 0), (View.OfSender(Named.Account("sender-bad")).FailedBasisPoints, View.OfSender(Named.Account("sender-good")).FailedBasisPoints));
        _story.AssertReplays();
    }

    [Fact]
    public void An_outcome_that_the_block_states_counts_as_well()
    {
        _story.Swaps("bad", 1, 1);
        _story.Story.Outcome = ExecutionOutcome.Reverted;

        _story.Story.Block("b1", "bad");

        Assert.Equal(new CallHistory(1, 1), View.OfTarget(PoolStory.Router));
    }

    [Fact]
    public void A_reorg_and_repeated_receipts_do_not_count_a_call_twice()
    {
        _story.Swaps("t", 1, 1);
        _story.Story.Block("b1", "t");
        Receipt("b1", ExecutionOutcome.Reverted);
        Receipt("b1", ExecutionOutcome.Reverted);

        _story.Story.Reorg("base").Block("c1", "t");
        Receipt("c1", ExecutionOutcome.Succeeded);

        Assert.Equal(new CallHistory(1, 1), View.OfTarget(PoolStory.Router));
        _story.AssertReplays();
    }

    [Fact]
    public void Claims_and_receipts_of_blocks_that_were_left_count_nothing()
    {
        _story.Swaps("t", 1, 1);
        _story.Story.Block("b1", "t");
        _story.Story.Receipts("b1", 0, isVerified: false, ("t", ExecutionOutcome.Reverted));
        _story.Story.Reorg("base").Block("c1");

        Receipt("b1", ExecutionOutcome.Reverted);

        Assert.Equal(default, View.OfTarget(PoolStory.Router));
        _story.AssertReplays();
    }

    [Fact]
    public void Payments_are_no_calls()
    {
        _story.Story.Decoded(new ScenarioTx("t", "payer", 0)).Block("b1", "t");

        Receipt("b1", ExecutionOutcome.Succeeded);

        Assert.Equal(default, View.OfSender(Named.Account("payer")));
    }

    [Fact]
    public void The_last_32_calls_are_remembered()
    {
        string[] names = [.. Enumerable.Range(0, 40).Select(static index => $"t{index}")];
        foreach (string name in names)
        {
            _story.Swaps(name, 1, 1);
        }

        _story.Story.Block("b1", names);
        _story.Story.Receipts("b1", 0, isVerified: true, [.. names.Select(static (name, index) => (name, index < 10 ? ExecutionOutcome.Reverted : ExecutionOutcome.Succeeded))]);

        Assert.Equal((CallHistory.Window, 2), (View.OfTarget(PoolStory.Router).Count, View.OfTarget(PoolStory.Router).FailedCount));
        Assert.Equal(625, View.OfTarget(PoolStory.Router).FailedBasisPoints);
    }

    [Fact]
    public void Beyond_the_bound_the_account_that_was_unused_for_the_longest_time_is_forgotten_and_counted()
    {
        _story.Swaps("a", 1, 1).Swaps("b", 1, 1);
        _story.Story.Block("b1", "a").Block("b2", "b");
        Receipt("b1", ExecutionOutcome.Succeeded, "a");
        Receipt("b2", ExecutionOutcome.Reverted, "b");
        var rules = new RulesFold(_story.Contents);
        var pending = new PendingTrades(rules);
        var graded = new GradeFold(rules, pending);
        var traits = new TraitFold(rules, pending, graded);
        var failures = new FailureFold(traits, graded, maxAccounts: 2);
        var engine = FoldComposition.Of(() => [rules, traits, failures]).Create(Scenario.Chain);

        engine.Apply(_story.Story.Log.ScanAfter(GlobalSeq.None));

        Assert.Equal((1UL, 0, 1, 2), (failures.Forgotten, failures.OfSender(Named.Account("sender-a")).Count, failures.OfSender(Named.Account("sender-b")).Count, failures.OfTarget(PoolStory.Router).Count));
        failures.AssertInvariants();
    }

    [Fact]
    public void A_history_in_a_checkpoint_has_no_more_failures_than_calls()
    {
        Assert.True(new CallHistory(2, 0b11).IsValid);
        Assert.False(new CallHistory(2, 0b100).IsValid);
        Assert.False(new CallHistory(33, 0).IsValid);
        Assert.True(new CallHistory(32, uint.MaxValue).IsValid);
    }

    private void Receipt(string block, ExecutionOutcome outcome, string tx = "t") => _story.Story.Receipts(block, 0, isVerified: true, (tx, outcome));
}
