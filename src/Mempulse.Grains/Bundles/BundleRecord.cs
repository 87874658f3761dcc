using Mempulse.Grains.Abstractions.Bundles;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Grains.Bundles;

/// <summary>The facts that follow from a look at the opportunities.</summary>
internal static class BundleRecord
{
    /// <summary>A bundle that is new.</summary>
    /// <param name="trial">Its simulation on the head.</param>
    /// <param name="plan">What the fold has.</param>
    /// <param name="sending">Whether it is going to be sent.</param>
    public static LogEvent.BundleBuilt Built(TrialResult trial, BundlePlan plan, BundleSending sending)
    {
        var (bundle, draft) = (trial.Bundle, trial.Bundle.Draft);
        var line = BundleLine.Next(plan, draft.Terms.Operator, bundle.Id);
        var first = draft.Legs[0].Candidate;
        return new LogEvent.BundleBuilt
        {
            Bundle = bundle.Id,
            Base = plan.Head,
            Sim = trial.Sim,
            Opportunities = [.. draft.Legs.Select(static leg => leg.Candidate.Opportunity)],
            BaseNumber = plan.HeadNumber,
            Target = draft.Terms.Target,
            Strategy = first.Strategy,
            StrategyVersion = first.StrategyVersion,
            Content = bundle.Content,
            Operator = draft.Terms.Operator,
            Account = draft.Terms.Executor,
            Transactions = [.. bundle.Parts.Select(static part => part.Tx)],
            GasLimit = draft.GasLimit,
            BaseFee = draft.Terms.BaseFee,
            Tip = draft.Terms.Tip,
            Payment = draft.Payment,
            PaymentPolicy = draft.Terms.Payment.Name,
            Profit = trial.Profit,
            Uuid = line.Uuid,
            Sequence = line.Sequence,
            Replaces = line.Replaces,
            IsSigned = bundle.IsSigned,
            IsDryRun = sending == BundleSending.DryRun,
            Token = first.Swaps[0].TokenIn,
        };
    }

    /// <summary>The end of a bundle: relays are asked to forget one that may have reached them.</summary>
    public static LogEvent Ended(BundleSummary bundle, Hash256 head, BundleEnd reason, WeiDelta profit, Hash256? by) =>
        bundle.WasAttempted ? new LogEvent.BundleCancelled(bundle.Id, reason, by) : new LogEvent.BundleStale(bundle.Id, head, reason, profit, by);

    /// <summary>What a fact says, in a word.</summary>
    public static string NameOf(LogEvent change) => change switch
    {
        LogEvent.BundleBuilt => "built",
        LogEvent.BundleStale => "stale",
        LogEvent.BundleCancelled => "cancelled",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>Bundles that no relay was asked to take, and whose block exists.</summary>
    public static IEnumerable<LogEvent> PassedOver(BundlePlan plan, Address account) =>
        plan.Bundles.Where(bundle => bundle.Operator == account && bundle.Target <= plan.HeadNumber && bundle is { End: BundleEnd.None, WasAttempted: false, HasLanded: false })
            .Select(bundle => new LogEvent.BundleStale(bundle.Id, plan.Head, BundleEnd.TargetPassed, default, By: null));
}
