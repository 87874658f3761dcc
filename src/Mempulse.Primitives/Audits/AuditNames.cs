namespace Mempulse.Primitives.Audits;

/// <summary>The names of classes and reasons in answers: docs/formats/audit.md.</summary>
public static class AuditNames
{
    private static readonly (AuditReasons Reason, string Name)[] s_reasons =
    [
        (AuditReasons.InsideMargin, "inside_margin"),
        (AuditReasons.NotHeardByAll, "not_heard_by_all"),
        (AuditReasons.HeardTooLate, "heard_too_late"),
        (AuditReasons.SourceGap, "source_gap"),
        (AuditReasons.FewSources, "few_sources"),
        (AuditReasons.BalanceUnknown, "balance_unknown"),
        (AuditReasons.LeftSource, "left_source"),
        (AuditReasons.NonceUnproven, "nonce_unproven"),
        (AuditReasons.AfterAbsent, "after_absent"),
        (AuditReasons.SenderInBlock, "sender_in_block"),
        (AuditReasons.MarginalFee, "marginal_fee"),
        (AuditReasons.FewPublic, "few_public"),
        (AuditReasons.Blobs, "blobs"),
        (AuditReasons.Reopened, "reopened"),
        (AuditReasons.Reorg, "reorg"),
        (AuditReasons.ChainGap, "chain_gap"),
        (AuditReasons.UnverifiedBlock, "unverified_block"),
        (AuditReasons.NoSlotTime, "no_slot_time"),
    ];

    /// <summary>The name of a class.</summary>
    public static string Of(AuditClass value) => value == AuditClass.LatePublic ? "late_public" : value.ToString().ToLowerInvariant();

    /// <summary>The names of reasons, in their order.</summary>
    public static IReadOnlyList<string> Of(AuditReasons reasons) => [.. s_reasons.Where(one => (reasons & one.Reason) != 0).Select(static one => one.Name)];
}
