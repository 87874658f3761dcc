using System.Diagnostics;
using Mempulse.Primitives.Events;

namespace Mempulse.Outcomes.Histories;

/// <summary>The verdict on a bundle in one word, the same in the API and the command line.</summary>
public static class VerdictName
{
    /// <summary>The word, with underscores.</summary>
    public static string Of(BundleVerdict verdict) => verdict switch
    {
        BundleVerdict.Open => "open",
        BundleVerdict.Landed => "landed",
        BundleVerdict.PartiallyLanded => "partially_landed",
        BundleVerdict.Reverted => "reverted",
        BundleVerdict.Outcompeted => "outcompeted",
        BundleVerdict.NonceUsed => "nonce_used",
        BundleVerdict.BaseFeeAbove => "base_fee_above",
        BundleVerdict.TooLate => "too_late",
        BundleVerdict.RefusedByRelay => "refused_by_relay",
        BundleVerdict.DroppedByPreflight => "dropped_by_preflight",
        BundleVerdict.Stale => "stale",
        BundleVerdict.ReorgedOut => "reorged_out",
        BundleVerdict.Expired => "expired",
        BundleVerdict.DryRun => "dry_run",
        _ => throw new UnreachableException(),
    };
}
