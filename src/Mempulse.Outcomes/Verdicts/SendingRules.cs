using Mempulse.Outcomes.Bundles;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Outcomes.Verdicts;

/// <summary>No relay got the bundle in time: the log itself says so, because the intention to send is recorded before a byte leaves.</summary>
internal static class SendingRules
{
    /// <summary>It was dropped before anything was sent.</summary>
    public static Judgement? Stale(in Case one, Evidence evidence)
    {
        var bundle = one.Bundle;
        if (bundle.IsIncomplete || bundle.End is BundleEnd.None or BundleEnd.TargetPassed)
        {
            return null;
        }

        foreach (var request in bundle.Requests)
        {
            if (request.IsSending && request.HasLeft)
            {
                return null;
            }
        }

        evidence.Add(bundle.EndedIn);
        return new Judgement(BundleVerdict.Stale, EvidenceStrength.Proof, OutcomeNeed.None);
    }

    /// <summary>Every request was refused before it left.</summary>
    public static Judgement? DroppedByPreflight(in Case one, Evidence evidence)
    {
        string relay = string.Empty;
        int refused = 0;
        foreach (var request in one.Bundle.Requests)
        {
            if (request.IsSending && request.LastStarted > 0)
            {
                return null;
            }

            if (request.IsSending && request.Refusal != PreflightRule.None)
            {
                relay = refused++ == 0 ? request.Relay : string.Empty;
                evidence.Add(request.RefusedIn);
            }
        }

        return refused == 0 || one.Bundle.IsIncomplete
            ? null
            : new Judgement(BundleVerdict.DroppedByPreflight, EvidenceStrength.Proof, OutcomeNeed.None) { Relay = relay };
    }

    /// <summary>Nothing was to be sent.</summary>
    public static Judgement? DryRun(in Case one, Evidence evidence)
    {
        bool isDry = one.Built.IsDryRun;
        foreach (var request in one.Bundle.Requests)
        {
            if (request.HasLeft)
            {
                return null;
            }

            isDry |= request.DryIn != GlobalSeq.None;
            evidence.Add(request.DryIn);
        }

        return !isDry || one.Bundle.IsIncomplete ? null : new Judgement(BundleVerdict.DryRun, EvidenceStrength.Proof, OutcomeNeed.None);
    }

    /// <summary>Requests left after the target block was seen, or not at all.</summary>
    public static Judgement? TooLate(in Case one, Evidence evidence)
    {
        if (one.Bundle.IsIncomplete || one.AnyLeftInTime())
        {
            return null;
        }

        evidence.Add(one.Target?.SeenIn ?? GlobalSeq.None);
        evidence.Add(one.Bundle.EndedIn);
        foreach (var request in one.Bundle.Requests)
        {
            evidence.Add(request.IsSending ? request.FirstSentIn : GlobalSeq.None);
        }

        return new Judgement(BundleVerdict.TooLate, EvidenceStrength.Proof, OutcomeNeed.None) { Block = one.Target?.Hash };
    }

    /// <summary>No relay that got it in time has it, by its own answer.</summary>
    public static Judgement? RefusedByRelay(in Case one, Evidence evidence)
    {
        string relay = string.Empty;
        int refused = 0;
        foreach (var request in one.Bundle.Requests)
        {
            if (!one.LeftInTime(request))
            {
                continue;
            }

            if (request.MayHave)
            {
                return null;
            }

            relay = refused++ == 0 ? request.Relay : string.Empty;
            evidence.Add(request.AnsweredIn);
        }

        evidence.Add(one.Target?.SeenIn ?? GlobalSeq.None);
        return refused == 0 || one.Bundle.IsIncomplete
            ? null
            : new Judgement(BundleVerdict.RefusedByRelay, EvidenceStrength.Strong, OutcomeNeed.BuilderRecords) { Block = one.Target?.Hash, Relay = relay };
    }

    /// <summary>It was withdrawn, and every relay that may have had it said that it forgot it.</summary>
    public static Judgement? Withdrawn(in Case one, Evidence evidence)
    {
        if (one.Bundle.CancelledIn == GlobalSeq.None || one.Bundle.IsIncomplete)
        {
            return null;
        }

        evidence.Add(one.Bundle.CancelledIn);
        foreach (var request in one.Bundle.Requests)
        {
            if (one.LeftInTime(request) && request.MayHave)
            {
                if (one.Bundle.Find(request.Relay, RelayCommandKind.CancelBundle) is not { IsAccepted: true } cancel || IsLate(one, cancel))
                {
                    return null;
                }

                evidence.Add(cancel.AnsweredIn);
            }
        }

        evidence.Add(one.Target?.SeenIn ?? GlobalSeq.None);
        return new Judgement(BundleVerdict.Stale, EvidenceStrength.Strong, OutcomeNeed.BuilderRecords) { Block = one.Target?.Hash };
    }

    private static bool IsLate(in Case one, BundleRequest cancel) => one.Target is { } block && cancel.AnsweredIn > block.SeenIn;
}
