using Mempulse.Builder.Assembly;
using Mempulse.Grains.Abstractions.Bundles;
using Mempulse.Primitives.Events;

namespace Mempulse.Grains.Bundles;

/// <summary>Decides whether the bundle for the block after the head still holds.</summary>
internal static class BundleEnding
{
    /// <summary>Why it ends; None if it goes on.</summary>
    /// <param name="bundle">The bundle.</param>
    /// <param name="built">The bundle that takes its place; null for none.</param>
    /// <param name="plan">What the fold has.</param>
    /// <param name="account">The operator on the head.</param>
    /// <param name="last">The last bundle that was tried on the head; null for none.</param>
    /// <param name="own">The trial of the bundle itself on the head; null if it was not tried.</param>
    public static BundleEnd Of(BundleSummary bundle, AssembledBundle? built, BundlePlan plan, LogEvent.AccountStateObserved account, TrialResult? last, TrialResult? own)
    {
        if (built is not null)
        {
            return BundleEnd.Replaced;
        }

        if (last?.Problem.Length > 0 || own?.Problem.Length > 0)
        {
            return BundleEnd.None; // it is not known whether it holds; a later look decides
        }

        return bundle.Nonce != account.Next ? BundleEnd.OperatorMoved
            : own is not null ? (own.IsGood ? BundleEnd.None : own.End)
            : bundle.Opportunities.Any(opportunity => plan.Candidates.All(candidate => candidate.Id != opportunity)) ? BundleEnd.OpportunityEnded
            : bundle.Base != plan.Head ? BundleEnd.BaseLeft
            : BundleEnd.None;
    }
}
