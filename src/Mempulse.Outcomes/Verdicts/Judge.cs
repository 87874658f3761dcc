using Mempulse.Primitives.Events;

namespace Mempulse.Outcomes.Verdicts;

/// <summary>Judges bundles. Reused; confined to the fold's thread.</summary>
/// <remarks>
/// The first rule that applies decides. What the chain has comes first, because nothing speaks against it; then what the log itself did or did not do; then
/// what the chain did not allow; then what relays say of themselves; and last what an execution shows. A rule that does not know says nothing.
/// </remarks>
internal sealed class Judge
{
    /// <summary>Incremented whenever what is derived or digested changes.</summary>
    public const string Rules = "outcomes/1";

    private static readonly Rule[] s_rules =
    [
        LandingRules.Landed,
        LandingRules.PartiallyLanded,
        LandingRules.ReorgedOut,
        SendingRules.Stale,
        SendingRules.DroppedByPreflight,
        SendingRules.DryRun,
        SendingRules.TooLate,
        ChainRules.NonceUsed,
        ChainRules.BaseFeeAbove,
        SendingRules.RefusedByRelay,
        SendingRules.Withdrawn,
        ChainRules.Outcompeted,
        ChainRules.NoLongerPaid,
    ];

    private readonly Evidence _evidence = new();

    private delegate Judgement? Rule(in Case one, Evidence evidence);

    /// <summary>The verdict on a bundle whose target has passed, or that was in a block that left the chain.</summary>
    public LogEvent.BundleOutcome Decide(in Case one)
    {
        foreach (var rule in s_rules)
        {
            Begin(one);
            if (rule(one, _evidence) is { } judgement)
            {
                return Outcome(one, judgement);
            }
        }

        Begin(one);
        return Outcome(one, ChainRules.Expired(one, _evidence));
    }

    private void Begin(in Case one)
    {
        _evidence.Clear();
        _evidence.Add(one.Bundle.BuiltIn);
    }

    private LogEvent.BundleOutcome Outcome(in Case one, Judgement judgement) => new()
    {
        Bundle = one.Built.Bundle,
        Block = judgement.Block,
        By = judgement.By,
        Verdict = judgement.Verdict,
        Strength = judgement.Strength,
        Need = judgement.Need,
        Number = one.Built.Target,
        Index = judgement.Index,
        Simulated = one.Built.Profit,
        IsRealisedKnown = judgement.Realised is not null,
        Realised = judgement.Realised ?? default,
        Relay = judgement.Relay,
        Evidence = _evidence.ToRecords(),
        Rules = Rules,
    };
}
