using Mempulse.Features.Opportunities;
using Mempulse.Features.Rules;
using Mempulse.Features.Strategies;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Features.Tests.Opportunities;

/// <summary>Which strategies run is a fact of the log, so that a replay runs the same ones.</summary>
public sealed class StatedStrategyTests
{
    private const string Own = "Sample.Strategies.LargeSwaps, Sample.Strategies";

    [Fact]
    public void A_strategy_of_ones_own_runs_by_its_type_name()
    {
        var story = Story([Own]).Swap("victim");

        var detected = Assert.Single(story.Events<LogEvent.OppDetected>());
        Assert.Equal(("large-swaps", OppPurpose.Advice, true), (detected.Strategy, detected.Purpose, detected.IsHandedOn));
        Assert.Equal(["large-swaps/1"], story.View.Strategies);
        story.AssertReplays();
    }

    [Fact]
    public void They_run_in_the_order_that_the_log_states()
    {
        var story = Story(["exposure", "backrun-arbitrage"]).Swap("victim");

        Assert.Equal(["exposure", "backrun-arbitrage"], story.Events<LogEvent.OppDetected>().Select(static detected => detected.Strategy));
        story.AssertReplays();
    }

    [Fact]
    public void A_log_that_states_none_runs_those_that_are_shipped() => Assert.Equal(
        StrategyCatalog.All.Select(static strategy => $"{strategy.Id}/{strategy.Version}"), new Scenario().Engine.View<IOpportunityView>().Strategies);

    [Fact]
    public void A_log_whose_strategy_is_not_here_is_not_replayed_by_another_one() => Assert.Throws<RulesUnavailableException>(() => Story(["sandwich"]));

    private static OpportunityStory Story(IReadOnlyList<string> stated) =>
        new OpportunityStory(stated).Pool("base", "one", OpportunityStory.Million, OpportunityStory.Million).Pool("base", "other", OpportunityStory.Million, OpportunityStory.Million);
}
