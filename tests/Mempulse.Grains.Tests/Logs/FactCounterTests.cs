using Mempulse.Grains.Logs;
using Mempulse.Grains.Tests.Worlds;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Grains.Tests.Logs;

/// <summary>Reorgs and verdicts are counted as they become durable, and nothing else is.</summary>
public sealed class FactCounterTests : IDisposable
{
    private readonly Measurements _measured = new();

    [Fact]
    public void Reorgs_by_depth_and_verdicts_by_strength_are_counted()
    {
        using var meter = new FactMeter(_measured.Meters);
        var facts = new FactCounter(Scenario.Chain, meter);
        var story = new Scenario().Seen("tx");
        story.Fact(new LogEvent.ReorgDetected(Named.Block("b"), Named.Block("a"), Named.Block("base"), new BlockNumber(1), Depth: 5));
        story.Fact(new LogEvent.BundleOutcome
        {
            Bundle = Named.Tx("bundle"),
            Verdict = BundleVerdict.Outcompeted,
            Strength = EvidenceStrength.Strong,
            Need = OutcomeNeed.None,
            Number = new BlockNumber(1),
            Simulated = WeiDelta.Gain(default),
            Evidence = [],
            Rules = "outcomes/1",
        });

        facts.Committed(story.Log.ScanAfter(GlobalSeq.None));

        Assert.Equal(
            ["mempulse_chain_reorgs{chain=1,depth=4_or_more} 1", "mempulse_bundle_outcomes{chain=1,verdict=outcompeted,strength=Strong} 1"],
            _measured.All.Where(static line => !line.EndsWith(" 0", StringComparison.Ordinal)));
    }

    public void Dispose() => _measured.Dispose();
}
