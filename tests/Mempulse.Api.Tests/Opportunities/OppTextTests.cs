using Mempulse.Api.Opportunities;
using Mempulse.Grains.Abstractions.Opportunities;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Api.Tests.Opportunities;

/// <summary>What an opportunity says about itself is true also where nothing follows.</summary>
public sealed class OppTextTests
{
    private static readonly Address s_token = Address.Parse("0x00000000000000000000000000000000000000b1");

    [Theory]
    [InlineData(true, "", "", "It was handed on to simulation, and the log has no result yet: it is tried again for as long as it holds.")]
    [InlineData(true, "", "The simulation limit is reached; retry.", "It was handed on to simulation, and the log has no result yet: it is tried again for as long as it holds. The last try: The simulation limit is reached; retry.")]
    [InlineData(false, "It gains token b1.", "", "It gains token b1.")]
    [InlineData(false, "", "", "It ranked too low to be simulated.")]
    public void It_waits_for_a_simulation_only_if_there_will_be_one(bool isHandedOn, string obstacle, string problem, string sentence)
    {
        var response = OppText.Of(new ChainId(1), new OppRecords(Opportunity(isHandedOn) with { Obstacle = obstacle, Problem = problem }, [], new GlobalSeq(1), IsTruncated: false), [], EventCatalog.Core);

        Assert.Equal(sentence, response.Explanation[^1]);
        Assert.Equal(sentence, response.Opportunity!.NotSimulated);
    }

    private static OppView Opportunity(bool isHandedOn) => new()
    {
        Id = default,
        Trigger = default,
        Base = default,
        BaseNumber = default,
        Strategy = "backrun-arbitrage",
        StrategyVersion = 1,
        Registry = default,
        Purpose = OppPurpose.Gain,
        Extractor = "e/1",
        Scorer = "s/1",
        Urgency = 0,
        Worth = 0,
        Risk = 0,
        Score = 0,
        Value = default,
        Token = s_token,
        Obstacle = string.Empty,
        Before = [],
        Input = default,
        Profit = default,
        IsExact = true,
        SaferMinimum = default,
        IsHandedOn = isHandedOn,
        RankedBelow = 0,
        Legs = [],
        Status = "Open",
        End = OppEnd.None,
        By = null,
        Simulation = null,
    };
}
