using Mempulse.Grains.Abstractions.Opportunities;
using Mempulse.Grains.Opportunities;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Grains.Tests.Opportunities;

/// <summary>Advice is simulated as the transaction that it is about, and nothing is added to it.</summary>
public sealed class AdviceBundleTests
{
    [Fact]
    public void The_bundle_of_advice_is_its_trigger_on_its_base_after_what_its_sender_sent_before()
    {
        byte[] earlier = [7];
        byte[] trigger = [1, 2, 3];
        var advice = new OppView
        {
            Id = Named.Tx("advice"), Trigger = Named.Tx("trigger"), Base = Named.Block("base"), BaseNumber = new BlockNumber(7),
            Strategy = "exposure", StrategyVersion = 1, Registry = default, Purpose = OppPurpose.Advice, Extractor = "e/1", Scorer = "s/1",
            Urgency = 0, Worth = 0, Risk = 0, Score = 0, Value = default, Token = Named.Account("token"), Obstacle = string.Empty, Before = [Named.Tx("earlier")], Input = 5, Profit = 1, IsExact = true, SaferMinimum = 4,
            IsHandedOn = true, RankedBelow = 0, Legs = [], Status = "Open", End = OppEnd.None, By = null, Simulation = null,
        };

        var query = AdviceBundle.Of(advice, [earlier], trigger);

        Assert.Equal((Named.Block("base").ToString(), Named.Tx("advice"), null), (query.Block, query.Opportunity, query.Account));
        Assert.Equal([(earlier, true), (trigger, false)], query.Transactions.Select(static tx => (tx.Raw.ToArray(), tx.MayRevert)));
        Assert.Empty(query.Overrides);
    }
}
