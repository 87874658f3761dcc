using Mempulse.Primitives.Events;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Replay.Tests.Blocks;

public sealed class ReceiptTests
{
    [Theory]
    [InlineData(ExecutionOutcome.Succeeded)]
    [InlineData(ExecutionOutcome.Reverted)]
    public void An_unknown_outcome_is_completed_by_the_receipt_and_never_assumed(ExecutionOutcome outcome)
    {
        var story = Included(ExecutionOutcome.Unknown);
        Assert.Equal(ExecutionOutcome.Unknown, OutcomeOf(story));
        var before = story.Engine.Digest();

        story.Receipts("b1", 0, isVerified: true, ("a", outcome));

        Assert.Equal([$"a: Unknown -> {outcome} in b1"], story.TakeTrace());
        Assert.Equal(outcome, OutcomeOf(story));
        Assert.Equal(TxState.Included, story.StateOf("a"));
        Assert.NotEqual(before, story.Engine.Digest());
        AssertReplays(story);
    }

    [Theory]
    [InlineData(ExecutionOutcome.Succeeded, true, ExecutionOutcome.Reverted, "a: Succeeded -> Reverted in b1")] // corrected
    [InlineData(ExecutionOutcome.Succeeded, true, ExecutionOutcome.Succeeded, null)] // nothing new
    [InlineData(ExecutionOutcome.Succeeded, false, ExecutionOutcome.Reverted, null)] // a claim corrects nothing
    [InlineData(ExecutionOutcome.Unknown, false, ExecutionOutcome.Reverted, "a: Unknown -> Reverted in b1, unverified")] // a claim fills in
    [InlineData(ExecutionOutcome.Reverted, true, ExecutionOutcome.Unknown, null)] // a receipt without a status says nothing
    public void A_receipt_changes_what_it_knows_better(ExecutionOutcome atInclusion, bool isVerified, ExecutionOutcome receipt, string? line)
    {
        var story = Included(atInclusion);

        story.Receipts("b1", 0, isVerified, ("a", receipt)).Receipts("b1", 0, isVerified, ("a", receipt));

        Assert.Equal(line is null ? [] : [line], story.TakeTrace());
        AssertReplays(story);
    }

    [Fact]
    public void A_proof_confirms_a_claim_and_a_later_claim_does_not_undo_it()
    {
        var story = Included(ExecutionOutcome.Unknown);

        story.Receipts("b1", 0, isVerified: false, ("a", ExecutionOutcome.Succeeded))
            .Receipts("b1", 0, isVerified: true, ("a", ExecutionOutcome.Succeeded))
            .Receipts("b1", 0, isVerified: false, ("a", ExecutionOutcome.Reverted));

        Assert.Equal(["a: Unknown -> Succeeded in b1, unverified", "a: Succeeded -> Succeeded in b1"], story.TakeTrace());
        AssertReplays(story);
    }

    [Fact]
    public void Receipts_of_a_block_that_left_the_chain_change_nothing()
    {
        var story = Included(ExecutionOutcome.Unknown).Reorg("base");
        story.TakeTrace();

        story.Receipts("b1", 0, isVerified: true, ("a", ExecutionOutcome.Reverted)).Block("c1", "a")
            .Receipts("b1", 0, isVerified: true, ("a", ExecutionOutcome.Reverted));
        Assert.Equal(["a: Pending -> Included in c1 at 0"], story.TakeTrace());
        Assert.Equal(ExecutionOutcome.Unknown, OutcomeOf(story));

        story.Receipts("c1", 0, isVerified: true, ("a", ExecutionOutcome.Succeeded)).Reorg("base");
        Assert.Equal(["a: Unknown -> Succeeded in c1", "a: Included in c1 -> Pending"], story.TakeTrace());
        story.BlockOn("base", "b1", "a");
        Assert.Equal(ExecutionOutcome.Unknown, OutcomeOf(story));
        AssertReplays(story);
    }

    [Fact]
    public void A_confirmed_transaction_stays_confirmed_and_its_outcome_is_completed()
    {
        var story = Included(ExecutionOutcome.Unknown, Stories.Short).EmptyBlocks(4);
        Assert.Equal(TxState.Confirmed, story.StateOf("a"));
        story.TakeTrace();

        story.Receipts("b1", 0, isVerified: true, ("a", ExecutionOutcome.Reverted));

        Assert.Equal(["a: Unknown -> Reverted in b1"], story.TakeTrace());
        Assert.Equal(TxState.Confirmed, story.StateOf("a"));
        AssertReplays(story);
    }

    [Fact]
    public void A_block_lacks_receipts_until_all_parts_are_on_record()
    {
        var story = new Scenario { Outcome = ExecutionOutcome.Unknown }.Block("base").Arrives("a", "alice", 0).Arrives("b", "bob", 0).Arrives("c", "carol", 0).Block("b1", "a", "b", "c");
        Assert.Equal([false, true], Lacking(story));

        story.Receipts("b1", 2, isVerified: true, ("c", ExecutionOutcome.Succeeded));
        Assert.Equal([false, true], Lacking(story));
        story.Receipts("b1", 0, isVerified: true, ("a", ExecutionOutcome.Succeeded), ("b", ExecutionOutcome.Succeeded));
        Assert.Equal([false, true], Lacking(story));
        story.Receipts("b1", 2, isVerified: true, ("c", ExecutionOutcome.Succeeded));

        Assert.Equal([false, false], Lacking(story));
        AssertReplays(story);
    }

    [Fact]
    public void A_receipt_whose_logs_are_continued_is_on_record_once_its_last_logs_are()
    {
        var story = new Scenario { Outcome = ExecutionOutcome.Unknown }.Block("base").Arrives("a", "alice", 0).Arrives("b", "bob", 0).Block("b1", "a", "b");
        story.TakeTrace();

        story.Receipts("b1", 0, isVerified: true, ReceiptsContinuation.Logs, ("a", ExecutionOutcome.Succeeded), ("b", ExecutionOutcome.Reverted));
        Assert.Equal(["a: Unknown -> Succeeded in b1", "b: Unknown -> Reverted in b1"], story.TakeTrace());
        Assert.Equal([false, true], Lacking(story));
        story.Receipts("b1", 1, isVerified: true, ReceiptsContinuation.Complete, ("b", ExecutionOutcome.Reverted));

        Assert.Empty(story.TakeTrace());
        Assert.Equal([false, false], Lacking(story));
        AssertReplays(story);
    }

    private static Scenario Included(ExecutionOutcome outcome, FoldParameters? parameters = null)
    {
        var story = new Scenario(parameters) { Outcome = outcome }.Block("base").Arrives("a", "alice", 0).Block("b1", "a");
        story.TakeTrace();
        return story;
    }

    private static ExecutionOutcome OutcomeOf(Scenario story)
    {
        Assert.True(story.Engine.Pool.TryGetTx(Named.Tx("a"), out var tx));
        return tx.Inclusion!.Outcome;
    }

    private static bool[] Lacking(Scenario story) => [.. story.Engine.Pool.CanonicalBlocks().Select(static block => block.LacksReceipts)];

    /// <summary>The log as written, from its start and from a checkpoint in its middle, gives the live digest.</summary>
    private static void AssertReplays(Scenario story)
    {
        story.Engine.AssertInvariants();
        Stories.AssertReplays(story);
    }
}
