using System.Diagnostics.CodeAnalysis;
using Mempulse.Features.Opportunities;
using Mempulse.Folding;
using Mempulse.Grains.Abstractions.Opportunities;
using Mempulse.Grains.Opportunities;
using Mempulse.Grains.Tests.Worlds;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay;
using Mempulse.Replay.Derivations;
using Mempulse.Testing.Scenarios;
using Microsoft.Extensions.Time.Testing;

namespace Mempulse.Grains.Tests.Opportunities;

/// <summary>An opportunity is handed on once it is durable, and again while the log has no simulation of it.</summary>
[SuppressMessage("Reliability", "CA2012:Use ValueTasks correctly", Justification = "The double holds the value task that it answers with, which is read once.")]
public sealed class OpportunityDeskTests : IDisposable
{
    private static readonly ChainId s_chain = new(1);

    private readonly FakeTimeProvider _time = new();
    private readonly List<Hash256> _advanced = [];
    private readonly StatedOpportunities _stated = new();
    private readonly Measurements _measured = new();
    private readonly FoldMeter _meter;
    private readonly ReplayEngine _engine;
    private readonly OpportunityDesk _desk;
    private string _problem = string.Empty;
    private int _simulated;

    public OpportunityDeskTests()
    {
        _meter = new FoldMeter(_measured.Meters);
        _engine = FoldComposition.Of(EventCatalog.Core, _ => [_stated]).Create(s_chain);
        _desk = new OpportunityDesk(s_chain, Grains(), _meter, _time, () => _simulated++);
    }

    [Fact]
    public void What_was_handed_on_is_advanced_as_soon_as_it_is_durable()
    {
        var batch = new EventBatch(DerivedEvents.Lane);
        LogEvent[] derived =
        [
            Detected("found", isHandedOn: true),
            Detected("low", isHandedOn: false),
            new LogEvent.OppReopened(Named.Tx("again"), Named.Tx("trigger"), OppEnd.BaseLeft, IsHandedOn: true),
            new LogEvent.OppReopened(Named.Tx("low again"), Named.Tx("trigger"), OppEnd.BaseLeft, IsHandedOn: false),
            new LogEvent.OppExpired(Named.Tx("old"), Named.Tx("trigger"), OppEnd.TooOld),
        ];
        for (int i = 0; i < derived.Length; i++)
        {
            batch.Add(derived[i], RecordMeta.Derived(DerivedEvents.Lane, new GlobalSeq(1), (uint)i, default));
        }

        _desk.Appended(batch);

        Assert.Equal([Named.Tx("found"), Named.Tx("again")], _advanced);
    }

    [Fact]
    public void One_without_a_simulation_is_tried_again_after_five_seconds()
    {
        Sweep("one");
        Assert.Equal([Named.Tx("one")], _advanced);

        _time.Advance(TimeSpan.FromSeconds(5) - TimeSpan.FromTicks(1));
        Sweep("one", "other");
        Assert.Equal([Named.Tx("one"), Named.Tx("other")], _advanced);

        _time.Advance(TimeSpan.FromTicks(1));
        Sweep("one", "other");
        Assert.Equal([Named.Tx("one"), Named.Tx("other"), Named.Tx("one")], _advanced);
    }

    [Fact]
    public void One_that_comes_back_is_tried_at_once()
    {
        Sweep("one");
        Sweep();

        Sweep("one");

        Assert.Equal([Named.Tx("one"), Named.Tx("one")], _advanced);
    }

    [Fact]
    public void Who_waits_for_simulations_is_called_when_there_is_a_new_one()
    {
        Sweep("one");
        Assert.Equal(1, _simulated);

        _problem = "The node is slow.";
        Sweep("other");
        Assert.Equal(1, _simulated);
    }

    public void Dispose()
    {
        _meter.Dispose();
        _measured.Dispose();
    }

    private void Sweep(params string[] waiting)
    {
        _stated.Waiting = [.. waiting.Select(static name => new Opportunity(Detected(name, isHandedOn: true), OppStatus.Open, OppEnd.None, null, true, OppObstacle.None, null))];
        _desk.Sweep(_engine);
    }

    private IGrainFactory Grains() => ScriptedGrain.OfMethods<IGrainFactory>((_, arguments) => ScriptedGrain.Of<IOpportunityGrain>((_, _) =>
    {
        string key = (string)arguments[0]!;
        Assert.StartsWith($"{s_chain}/", key, StringComparison.Ordinal);
        _advanced.Add(Hash256.Parse(key[(key.IndexOf('/', StringComparison.Ordinal) + 1)..]));
        return ValueTask.FromResult(_problem);
    }));

    private static LogEvent.OppDetected Detected(string name, bool isHandedOn) => new()
    {
        Opp = Named.Tx(name),
        Trigger = Named.Tx("trigger"),
        Base = Named.Block("base"),
        BaseNumber = new BlockNumber(7),
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
        Token = Named.Account("ether"),
        Input = 1,
        Profit = 1,
        IsExact = true,
        SaferMinimum = default,
        IsHandedOn = isHandedOn,
        RankedBelow = 0,
        Legs = [new OppLeg(Named.Account("pool"), default, Named.Account("ether"), Named.Account("token"), 1, 2)],
    };
}
