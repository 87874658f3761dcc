using Mempulse.Builder.Assembly;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Grains.Bundles;

/// <summary>What the simulation of a bundle on the head says.</summary>
/// <param name="Bundle">The bundle.</param>
/// <param name="Sim">The simulation; zero if it is not recorded.</param>
/// <param name="Judgement">What it gains; null if one of its transactions failed that must not, or there is no simulation.</param>
/// <param name="FailedLeg">The opportunity whose transaction failed; null for none.</param>
/// <param name="Problem">Why there is no simulation, in a sentence; empty if there is one.</param>
internal sealed record TrialResult(AssembledBundle Bundle, Hash256 Sim, BundleJudgement? Judgement, int? FailedLeg, string Problem)
{
    /// <summary>True if it may be sent.</summary>
    public bool IsGood => Judgement is { Pays: true, IsUndisturbed: true } || (Judgement is { Pays: true } && Bundle.Draft.Legs.Count == 1);

    /// <summary>The opportunity to leave out before it is tried again: the one that failed, else the least.</summary>
    public Hash256 Worst => Bundle.Draft.Legs[FailedLeg ?? Bundle.Draft.Legs.Count - 1].Candidate.Opportunity;

    /// <summary>Why a bundle that is not good ends.</summary>
    public BundleEnd End => Judgement is null ? BundleEnd.Fails : BundleEnd.DoesNotPay;

    /// <summary>What it would gain.</summary>
    public WeiDelta Profit => WeiDelta.Gain(new Wei(Judgement?.Profit ?? UInt256.Zero));
}
