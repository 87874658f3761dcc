using Mempulse.Outcomes.Tests.Stories;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Outcomes.Tests.Verdicts;

/// <summary>What a landed bundle gained is exactly what verified logs of its token moved, however its receipts arrive.</summary>
public sealed class OutcomeGainTests
{
    private readonly BundleStory _story = new();

    public OutcomeGainTests() => _story.Builds().Sends().Block("b1", "trigger", "own");

    [Fact]
    public void A_receipt_in_two_records_counts_once_it_is_whole()
    {
        var logs = BundleStory.Landing(BundleStory.Simulated);
        Receipts(0, ReceiptsContinuation.Logs, 0, BundleStory.Receipt("trigger", 0), Own(logs[..2]));
        Assert.False(_story.Outcome()!.IsRealisedKnown);

        Receipts(1, ReceiptsContinuation.Complete, 2, Own(logs[2..]));

        Assert.Equal((BundleVerdict.Landed, EvidenceStrength.Proof, OutcomeNeed.None), _story.Verdict());
        Assert.Equal(WeiDelta.Gain(new Wei(BundleStory.Simulated)), _story.Outcome()!.Realised);
        _story.AssertReplays();
    }

    [Fact]
    public void Receipts_that_arrive_twice_count_once()
    {
        _story.Receipts("b1", ["trigger", "own"]).Receipts("b1", ["trigger", "own"]);

        Assert.Equal(WeiDelta.Gain(new Wei(BundleStory.Simulated)), _story.Outcome()!.Realised);
        Assert.Equal(2, _story.Story.Log.Derived<LogEvent.BundleOutcome>().Count); // one before the receipts, one after
    }

    [Fact]
    public void A_claim_does_not_replace_what_the_root_confirms()
    {
        _story.Receipts("b1", ["trigger", "own"]).Receipts("b1", ["trigger", "own"], isVerified: false, gain: 1);

        Assert.Equal((EvidenceStrength.Proof, WeiDelta.Gain(new Wei(BundleStory.Simulated))), (_story.Outcome()!.Strength, _story.Outcome()!.Realised));
    }

    [Fact]
    public void Confirmed_receipts_replace_a_claim()
    {
        _story.Receipts("b1", ["trigger", "own"], isVerified: false, gain: 1).Receipts("b1", ["trigger", "own"]);

        Assert.Equal((EvidenceStrength.Proof, WeiDelta.Gain(new Wei(BundleStory.Simulated))), (_story.Outcome()!.Strength, _story.Outcome()!.Realised));
    }

    [Fact]
    public void Logs_that_are_not_on_record_leave_the_gain_open_but_not_the_landing()
    {
        _story.Receipts("b1", ["trigger", "own"], omitted: 1);

        Assert.Equal((BundleVerdict.Landed, EvidenceStrength.Proof, OutcomeNeed.Receipts), _story.Verdict());
        Assert.False(_story.Outcome()!.IsRealisedKnown);
    }

    [Fact]
    public void The_end_of_a_receipt_without_its_begin_says_nothing_of_the_gain()
    {
        Receipts(1, ReceiptsContinuation.Complete, 2, Own(BundleStory.Landing(BundleStory.Simulated)[2..]));
        Receipts(0, ReceiptsContinuation.Receipts, 0, BundleStory.Receipt("trigger", 0));

        Assert.Equal((BundleVerdict.Landed, EvidenceStrength.Proof, OutcomeNeed.Receipts), _story.Verdict());
        Assert.False(_story.Outcome()!.IsRealisedKnown);
    }

    [Fact]
    public void Receipts_in_a_record_each_are_whole()
    {
        Receipts(0, ReceiptsContinuation.Receipts, 0, BundleStory.Receipt("trigger", 0));
        Receipts(1, ReceiptsContinuation.Complete, 0, BundleStory.Receipt("own", BundleStory.Simulated));

        Assert.Equal((EvidenceStrength.Proof, WeiDelta.Gain(new Wei(BundleStory.Simulated))), (_story.Outcome()!.Strength, _story.Outcome()!.Realised));
        _story.AssertReplays();
    }

    [Fact]
    public void A_loss_is_a_loss()
    {
        var logs = new[] { BundleStory.Transfer(BundleStory.Ether, BundleStory.Executor, Named.Account("pool"), 50) };
        Receipts(0, ReceiptsContinuation.Complete, 0, BundleStory.Receipt("trigger", 0), Own(logs));

        Assert.Equal(WeiDelta.Loss(new Wei(50)), _story.Outcome()!.Realised);
    }

    [Fact]
    public void Receipts_of_a_block_that_left_the_chain_say_nothing_about_the_next()
    {
        _story.Story.Reorg("base").Block("c1", "trigger", "own");

        _story.Receipts("b1", ["trigger", "own"]);

        Assert.Equal((BundleVerdict.Landed, EvidenceStrength.Weak, OutcomeNeed.Receipts), _story.Verdict());
        _story.AssertReplays();
    }

    [Fact]
    public void A_chain_that_is_left_beyond_finality_takes_its_verdicts_along()
    {
        _story.Story.EmptyBlocks(10).BeginAnew("genesis");

        Assert.False(_story.View.TryGet(BundleStory.Id("b"), out _));
        _story.AssertReplays();
    }

    private static TxResult Own(TxLog[] logs) => new(Named.Tx("own"), ExecutionOutcome.Succeeded, new Gas(200_000), logs, 0);

    private void Receipts(int first, ReceiptsContinuation continuation, int firstLog, params TxResult[] receipts) =>
        _story.Story.Fact(new LogEvent.ReceiptsObserved(Named.Block("b1"), new BlockNumber(101), first, IsVerified: true, receipts) { Continuation = continuation, FirstLog = firstLog });
}
