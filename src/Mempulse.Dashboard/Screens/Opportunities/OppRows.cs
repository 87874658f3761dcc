using Mempulse.Dashboard.Format;
using Mempulse.Grains.Abstractions.Opportunities;
using Mempulse.Primitives.Events;

namespace Mempulse.Dashboard.Screens.Opportunities;

/// <summary>Turns opportunities into rows.</summary>
internal static class OppRows
{
    /// <summary>The row of an opportunity.</summary>
    /// <param name="opp">What the log says.</param>
    /// <param name="held">What the fold says; null once it is final and forgotten.</param>
    /// <param name="titles">Names.</param>
    public static OppRow Of(OppTrack opp, OppView? held, OppTitles titles)
    {
        var detected = opp.Detected;
        var (stage, result) = StageOf(opp, held);
        return new OppRow
        {
            Id = detected.Opp.ToString(),
            Title = titles.Of(detected, held),
            Strategy = detected.Strategy,
            Trigger = detected.Trigger.ToString(),
            Score = detected.Score,
            Stage = stage,
            Stages = [true, opp.Sim is not null, opp.Bundle is not null, stage == OppStage.Outcome],
            Result = result,
            Profit = ProfitOf(detected, opp.Sim),
            Value = opp.Sim is { Profit.IsLoss: false } sim ? sim.Profit.Amount.Value : detected.Value.Value,
            At = opp.At,
            Relays = opp.Bundle?.Relays ?? [],
            Block = opp.Bundle?.Built.Target.Value ?? detected.BaseNumber.Value,
            IsDry = opp.Bundle is null || opp.Bundle.Built.IsDryRun,
        };
    }

    /// <summary>What an opportunity gains, or what its trigger may lose: a bound until it is simulated.</summary>
    public static string ProfitOf(LogEvent.OppDetected detected, LogEvent.SimCompleted? sim) => detected.Purpose == OppPurpose.Advice ? $"loss ≤ {Figures.Ether(detected.Value.Value)}"
        : sim is { Category: FailureCategory.None } ? (sim.Profit.IsLoss ? "−" : string.Empty) + Figures.Ether(sim.Profit.Amount.Value)
        : $"≤ {Figures.Ether(detected.Value.Value)}";

    private static (OppStage Stage, OppResult Result) StageOf(OppTrack opp, OppView? held) =>
        opp.Bundle?.Outcome is { } outcome ? (OppStage.Outcome, ResultText.Of(outcome))
        : opp.Bundle is { } bundle ? (OppStage.Submitted, ResultText.Of(bundle))
        : opp.End != OppEnd.None ? (OppStage.Outcome, ResultText.Of(opp.End))
        : opp.Sim is { } sim ? (OppStage.Simulated, ResultText.Of(sim, opp.Detected.Purpose))
        : (OppStage.Detected, ResultText.Waiting(opp.Detected, held));
}
