using CsCheck;
using Mempulse.Features.Reasons;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Features.Tests.Reasons;

/// <summary>What holds for every answer, whatever the history.</summary>
public sealed class ReasonPropertyTests
{
    private static readonly string[] _txs = [.. from sender in Enumerable.Range(0, 4) from nonce in Enumerable.Range(0, 4) from rival in Enumerable.Range(0, 3) select $"s{sender}n{nonce}r{rival}"];

    [Fact]
    public void Every_answer_has_a_reason_rests_on_records_and_names_what_would_decide_exactly_when_it_is_not_derivable() =>
        Gen.UInt.List[1, 120].Sample(
            steps =>
            {
                var story = Play(steps);
                foreach (string tx in _txs.Append("unheard of"))
                {
                    var answer = story.Why(tx);

                    Assert.NotEmpty(answer.Reasons);
                    Assert.Equal((story.Engine.Applied, Named.Tx(tx)), (answer.AsOf, answer.Id));
                    Assert.All(answer.Reasons, reason =>
                    {
                        Assert.Equal(reason.Evidence.Distinct().Order(), reason.Evidence);
                        Assert.All(reason.Evidence, seq => Assert.InRange(seq.Value, 1ul, answer.AsOf.Value));
                        Assert.True(reason.WouldDecide is not null || reason.Strength != EvidenceStrength.NotDerivable, $"{reason.Verdict} does not say what would decide it");
                        Assert.EndsWith(".", reason.Sentence, StringComparison.Ordinal);
                    });
                    Assert.Equal(answer.State, story.Engine.Pool.StateOf(Named.Tx(tx)) is var state && state != TxState.Unknown ? state.ToString() : answer.State);
                }
            },
            iter: 100);

    [Fact]
    public void A_proof_that_a_transaction_is_or_cannot_be_in_a_block_agrees_with_the_chain() =>
        Gen.UInt.List[1, 120].Sample(
            steps =>
            {
                var story = Play(steps);
                foreach (string tx in _txs.Where(tx => story.StateOf(tx) != TxState.Unknown)) // the fold forgets what a chain that was left had confirmed
                {
                    bool isIn = story.StateOf(tx) is TxState.Included or TxState.Confirmed;
                    var verdicts = story.Why(tx).Verdicts();
                    Assert.Equal(isIn, verdicts[0].StartsWith("included ", StringComparison.Ordinal));
                    Assert.False(isIn && verdicts.Any(static verdict => verdict is "nonce_used proof" or "nonce_gap proof" or "behind_own proof" or "fee_below_base proof"), $"{tx}: {string.Join(", ", verdicts)}");
                }
            },
            iter: 100);

    [Fact]
    public void The_answer_at_a_position_does_not_depend_on_what_came_after_it() =>
        Gen.Select(Gen.UInt.List[1, 60], Gen.UInt.List[1, 60]).Sample(
            (before, after) =>
            {
                var history = new RandomHistory();
                foreach (uint step in before)
                {
                    history.Step(step);
                }

                var at = history.Story.Engine.Applied;
                var standings = _txs.Select(tx => TxStanding.Of(history.Story.Engine, Named.Tx(tx))).ToList();
                var then = standings.Select(standing => TxWhy.Of(standing, new ScenarioRecords(history.Story.Log, at))).ToList();
                foreach (uint step in after)
                {
                    history.Step(step);
                }

                var later = standings.Select(standing => TxWhy.Of(standing, new ScenarioRecords(history.Story.Log, at)));
                var again = ReplayTo(history.Story.Log, at);
                var replayed = _txs.Select(tx => TxWhy.Of(TxStanding.Of(again, Named.Tx(tx)), new ScenarioRecords(history.Story.Log, at)));
                Assert.Equal(then.Select(Text), later.Select(Text));
                Assert.Equal(then.Select(Text), replayed.Select(Text));
            },
            iter: 100);

    private static Replay.ReplayEngine ReplayTo(ScenarioLog log, GlobalSeq at)
    {
        var engine = Folding.FoldComposition.Default.Create(Scenario.Chain);
        for (var seq = GlobalSeq.None.Next; seq <= at; seq = seq.Next)
        {
            engine.Apply(log.At(seq));
        }

        return engine;
    }

    private static string Text(Primitives.Reasons.WhyAnswer answer) => string.Join('\n', answer.Reasons.Select(reason =>
        $"{reason.Verdict} {reason.Strength} {reason.Sentence} {string.Join(',', reason.Numbers)} {string.Join(',', reason.Evidence)} {reason.WouldDecide}").Prepend($"{answer.Headline} {answer.AsOf} {answer.AsOfTime}"));

    private static Scenario Play(List<uint> steps)
    {
        var history = new RandomHistory();
        foreach (uint step in steps)
        {
            history.Step(step);
        }

        return history.Story;
    }
}
