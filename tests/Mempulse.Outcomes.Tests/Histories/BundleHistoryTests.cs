using Mempulse.Outcomes.Histories;
using Mempulse.Outcomes.Tests.Stories;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Outcomes.Tests.Histories;

/// <summary>A bundle's own records tell what became of it, in words.</summary>
public sealed class BundleHistoryTests
{
    private readonly BundleStory _story = new();

    [Fact]
    public void A_landing_states_its_place_and_that_the_gain_is_the_simulated_one()
    {
        _story.Builds().Sends().Block("b1", "trigger", "own").Receipts("b1", ["trigger", "own"]);

        var history = Read();

        Assert.Equal(("landed", null), (history.Verdict, history.WouldDecide));
        Assert.Equal("Block 101 has all of its transactions, in order, from index 0 on. It gained 4000 wei, exactly what was simulated.", history.Explanation);
        Assert.Equal(["built", "attempt_started", "relay_answer", "decided", "decided"], history.Steps.Select(static step => step.Word));
        Assert.Equal("titan answered attempt 1 of SendBundle with None (HTTP 200) after 40000 us: it has the bundle.", history.Steps[2].Sentence);
    }

    [Fact]
    public void The_competitor_is_named_with_what_the_execution_showed()
    {
        _story.Builds().Sends().Block("b1", "trigger", "rival").Examines(CompetitionFinding.TakenByTransaction, "b1", "rival");

        Assert.Equal($"Transaction {Named.Tx("rival")} in block 101 took the state that it needed. It was executed.", Read().Explanation);
    }

    [Fact]
    public void What_would_decide_an_undecided_one_is_named()
    {
        _story.Builds().Sends().Block("b1", "trigger");

        var history = Read();
        var why = history.Why(Scenario.Chain, _story.Story.Log.Last, default, isTruncated: false);

        Assert.Equal(("expired", "the proven state of the block before, to execute the block with the bundle"), (history.Verdict, history.WouldDecide));
        Assert.Equal($"bundle {BundleStory.Id("b")} is expired: Block 101 does not have it, and public data does not say why.", why.Headline);
        Assert.Equal(history.Outcome!.Evidence.Select(static record => record.Seq), why.Reasons[0].Evidence);
        Assert.Equal(EvidenceStrength.Strong, why.Reasons.Single(static reason => reason.Verdict == "relay_answer").Strength);
    }

    [Fact]
    public void A_bundle_without_a_verdict_is_open()
    {
        _story.Builds();

        Assert.Equal(("open", "It has no verdict yet: its target block has not been seen."), (Read().Verdict, Read().Explanation));
    }

    [Fact]
    public void Records_without_the_assembly_tell_nothing() =>
        Assert.Null(BundleHistory.Of([new LoggedEvent(new GlobalSeq(1), default, default, new LogEvent.BundleCancelled(BundleStory.Id("b"), BundleEnd.Withdrawn, null))]));

    [Fact]
    public void Every_verdict_has_its_own_word_and_a_sentence()
    {
        var words = new HashSet<string>();
        foreach (var verdict in Enum.GetValues<BundleVerdict>().Where(static verdict => verdict != BundleVerdict.Open))
        {
            foreach (var need in Enum.GetValues<OutcomeNeed>())
            {
                var history = Of(BundleStory.Built(), new LogEvent.BundleOutcome
                {
                    Bundle = BundleStory.Id("b"), Verdict = verdict, Strength = EvidenceStrength.Weak, Need = need, Number = new BlockNumber(101), Simulated = default, Evidence = [], Rules = "outcomes/1",
                });
                words.Add(history.Verdict);
                Assert.EndsWith(".", history.Explanation, StringComparison.Ordinal);
                Assert.Equal(need == OutcomeNeed.None, history.WouldDecide is null);
            }
        }

        Assert.Equal(Enum.GetValues<BundleVerdict>().Length - 1, words.Count);
    }

    private static BundleHistory Of(params LogEvent[] events) =>
        BundleHistory.Of([.. events.Select(static (one, i) => new LoggedEvent(new GlobalSeq((ulong)i + 1), default, default, one))])!;

    private BundleHistory Read()
    {
        List<LoggedEvent> found = [];
        foreach (var record in _story.Story.Log.ScanAfter(GlobalSeq.None))
        {
            if (record.TryGetKey(Mempulse.Primitives.Records.KeyKind.Bundle, out _))
            {
                found.Add(new LoggedEvent(record.Seq, record.Timestamp, record.Cause, LogEvent.Decode(record)!));
            }
        }

        return BundleHistory.Of(found)!;
    }
}
