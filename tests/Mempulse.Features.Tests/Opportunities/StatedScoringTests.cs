using Mempulse.Features.Opportunities;
using Mempulse.Features.Scoring;
using Mempulse.Features.Strategies;
using Mempulse.Primitives.Events;

namespace Mempulse.Features.Tests.Opportunities;

/// <summary>How opportunities are scored is a fact of the log, so that a replay scores and hands on the same.</summary>
public sealed class StatedScoringTests
{
    [Fact]
    public void The_profile_that_the_log_states_scores_and_is_in_the_events()
    {
        var story = Story(new OpportunityScoring(RankProfile.Parity, HandOnBudget.Default)).Swap("victim");
        story.Block("b1", "victim");

        var detected = Assert.Single(story.Events<LogEvent.OppDetected>());
        Assert.Equal(("traits/1", "parity/1"), (detected.Extractor, detected.Scorer));
        var ended = Assert.Single(story.Events<LogEvent.OppInvalidated>());
        Assert.Equal(("backrun-arbitrage/3 traits/1 parity/1", detected.Registry), (ended.Rules, ended.Registry));
        story.AssertReplays();
    }

    [Fact]
    public void The_versions_are_in_every_event()
    {
        var story = Story(OpportunityScoring.Default, new OppBounds { AgeBlocks = 1 }).Swap("victim");
        var registry = Assert.Single(story.Events<LogEvent.OppDetected>()).Registry;
        story.Block("b1", "victim").Reorg("base").Block("c1").Block("c2");

        const string Rules = "backrun-arbitrage/3 mempool/1 expected-value/1";
        Assert.Equal(
            [(Rules, registry), (Rules, registry), (Rules, registry)],
            [.. story.Events<LogEvent.OppInvalidated>().Select(static one => (one.Rules, one.Registry!.Value)), .. story.Events<LogEvent.OppReopened>().Select(static one => (one.Rules, one.Registry!.Value)), .. story.Events<LogEvent.OppExpired>().Select(static one => (one.Rules, one.Registry!.Value))]);
        story.AssertReplays();
    }

    [Fact]
    public void A_block_hands_on_as_many_as_the_log_states()
    {
        var story = OpportunityStory.WithTwoPools(new HandOnBudget(Ranks: 0, Opportunities: 0)).Swap("victim");

        Assert.False(Assert.Single(story.Events<LogEvent.OppDetected>()).IsHandedOn);
        story.AssertReplays();
    }

    [Theory]
    [InlineData("""{"format": 2, "profile": "parity", "ranks": 1, "opportunities": 1}""", "The scoring has another format than 1.")]
    [InlineData("""{"format": 1, "profile": "gut", "ranks": 1, "opportunities": 1}""", "'gut' is not a profile of this program: expected one of expected-value, parity.")]
    [InlineData("""{"format": 1, "profile": "parity", "ranks": -1, "opportunities": 1}""", "'-1' is not a valid 'ranks': expected 0 to 1024.")]
    [InlineData("""{"format": 1, "profile": "parity", "ranks": 1}""", "The scoring is not valid")]
    [InlineData("{", "The scoring is not valid")]
    public void A_content_of_another_form_is_refused(string content, string expected) =>
        Assert.StartsWith(expected, Assert.Throws<FormatException>(() => ScoringChoice.Read(System.Text.Encoding.UTF8.GetBytes(content))).Message, StringComparison.Ordinal);

    [Fact]
    public void What_is_written_is_read() =>
        Assert.Equal(new OpportunityScoring(RankProfile.Parity, new HandOnBudget(3, 5)), ScoringChoice.Read(ScoringChoice.Write(new OpportunityScoring(RankProfile.Parity, new HandOnBudget(3, 5)))));

    private static OpportunityStory Story(OpportunityScoring scoring, OppBounds? bounds = null) =>
        new OpportunityStory([], scoring, bounds, strategies: [new BackrunArbitrage()])
            .Pool("base", "one", OpportunityStory.Million, OpportunityStory.Million)
            .Pool("base", "other", OpportunityStory.Million, OpportunityStory.Million);
}
