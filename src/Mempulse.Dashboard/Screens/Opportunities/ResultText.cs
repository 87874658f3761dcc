using System.Globalization;
using Mempulse.Dashboard.Format;
using Mempulse.Grains.Abstractions.Opportunities;
using Mempulse.Outcomes.Histories;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Reasons;

namespace Mempulse.Dashboard.Screens.Opportunities;

/// <summary>What a stage gave, in a few words with an icon.</summary>
internal static class ResultText
{
    private const string Cross = "cross";

    /// <summary>A verdict on a bundle.</summary>
    public static OppResult Of(LogEvent.BundleOutcome outcome)
    {
        string strength = StrengthName.Of(outcome.Strength);
        return outcome.Verdict switch
        {
            BundleVerdict.Landed => new("ok", "ok", string.Create(CultureInfo.InvariantCulture, $"Landed, index {outcome.Index}"), strength),
            BundleVerdict.PartiallyLanded => new("warning", "warning", "Partially landed", strength),
            BundleVerdict.Reverted => new("warning", "warning", "Landed and reverted", strength),
            BundleVerdict.ReorgedOut => new("reorged", "reorged", "Reorged out", strength),
            _ => new(Cross, string.Empty, NameOf(outcome.Verdict), strength),
        };
    }

    /// <summary>The name of a verdict.</summary>
    public static string NameOf(BundleVerdict verdict) => verdict switch
    {
        BundleVerdict.Outcompeted => "Lost to a competitor",
        BundleVerdict.Expired => "Not landed",
        BundleVerdict.DryRun => "Dry run, not sent",
        BundleVerdict.RefusedByRelay => "Refused by the relay",
        var other => Words.Capital(Words.Spaced(VerdictName.Of(other))),
    };

    /// <summary>Why an opportunity no longer holds, without a bundle.</summary>
    public static OppResult Of(OppEnd end) => end switch
    {
        OppEnd.TriggerReplaced => new("replaced", "replaced", "Trigger replaced", "proof"),
        OppEnd.TriggerIncluded => new("included", "included", "Trigger included", "proof"),
        OppEnd.BaseLeft => new("reorged", "reorged", "Base left the chain", "proof"),
        OppEnd.TriggerExpired => new("expired", "expired", "Trigger expired", "proof"),
        OppEnd.PoolMoved => new(Cross, string.Empty, "Pool moved", "proof"),
        _ => new(Cross, string.Empty, Words.Capital(Words.Split(end.ToString())), "proof"),
    };

    /// <summary>A bundle without a verdict.</summary>
    public static OppResult Of(BundleTrack bundle)
    {
        if (bundle.Refused is { } refused)
        {
            return new("warning", "warning", $"refused: {Words.Split(refused.Rule.ToString())}", string.Empty);
        }

        string target = Figures.Count(bundle.Built.Target.Value);
        string relays = bundle.Relays.Count == 1 ? "1 relay" : $"{bundle.Relays.Count} relays";
        return bundle.Relays.Count == 0 ? new(string.Empty, string.Empty, bundle.Built.IsSigned ? $"built for {target}" : "built and not signed: no operator key", string.Empty)
            : new(string.Empty, string.Empty, bundle.Retries > 0 ? $"{relays}, {bundle.Retries} back-off" : $"{relays}, target {target}", string.Empty);
    }

    /// <summary>A simulation.</summary>
    public static OppResult Of(LogEvent.SimCompleted sim, OppPurpose purpose) => sim.Category != FailureCategory.None
        ? new("warning", "warning", Words.Split(OutcomeName.Of(sim.Category)), string.Empty)
        : purpose == OppPurpose.Advice ? new("ok", "ok", "runs alone", string.Empty)
        : sim.Profit.IsLoss || sim.Profit.Amount.Value.IsZero ? new(string.Empty, string.Empty, "no profit after gas", string.Empty)
        : new("ok", "ok", "profit", string.Empty);

    /// <summary>What an opportunity without a simulation waits for.</summary>
    /// <param name="detected">The opportunity.</param>
    /// <param name="held">What the fold says; null for nothing.</param>
    public static OppResult Waiting(LogEvent.OppDetected detected, OppView? held) => new(
        string.Empty,
        string.Empty,
        detected.Purpose == OppPurpose.Liquidation ? "watched, not simulated" : held is { Obstacle.Length: > 0 } ? "cannot be simulated" : held?.IsHandedOn ?? detected.IsHandedOn ? "waiting for the simulator" : "beyond the budget of a block",
        string.Empty);
}
