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
    [InlineData(true, true, "It was handed on to simulation, and the log has no result yet: it is tried again for as long as it holds.")]
    [InlineData(true, false, "It gains token 0x00000000000000000000000000000000000000b1: only those that gain wrapped ether are simulated.")]
    [InlineData(false, true, "It ranked too low to be simulated.")]
    public void It_waits_for_a_simulation_only_if_there_will_be_one(bool isHandedOn, bool isEther, string sentence)
    {
        var response = OppText.Of(new ChainId(1), new OppRecords(Opportunity(isHandedOn, isEther), [], new GlobalSeq(1), IsTruncated: false), EventCatalog.Core);

        Assert.Equal(sentence, response.Explanation[^1]);
    }

    private static OppView Opportunity(bool isHandedOn, bool isEther) => new()
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
        IsEther = isEther,
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
