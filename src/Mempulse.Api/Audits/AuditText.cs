using Mempulse.Api.Observations;
using Mempulse.Client.Audits;
using Mempulse.Grains.Abstractions.Audits;
using Mempulse.Primitives;
using Mempulse.Primitives.Audits;
using Mempulse.Primitives.Events;

namespace Mempulse.Api.Audits;

/// <summary>Turns audits into responses.</summary>
internal static class AuditText
{
    private static readonly (AuditReasons Reason, string Name)[] _reasons =
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
    public static string NameOf(AuditClass value) => value == AuditClass.LatePublic ? "late_public" : value.ToString().ToLowerInvariant();

    /// <summary>The names of reasons.</summary>
    public static IReadOnlyList<string> NamesOf(AuditReasons reasons) => [.. _reasons.Where(one => reasons.HasFlag(one.Reason)).Select(static one => one.Name)];

    /// <summary>Why there is no audit, with what is known.</summary>
    public static string WhyNot(ChainId chain, AuditQuery query, AuditAnswer answer)
    {
        if (answer.Kept.Count == 0)
        {
            return $"The audit has no block of chain {chain} yet (as of event {answer.AsOf}).";
        }

        ulong lowest = answer.Kept.Min(static block => block.Number.Value);
        string kept = $"the audits of blocks {lowest} to {answer.Kept.Max(static block => block.Number.Value)} are kept (as of event {answer.AsOf})";
        return query.Hash is { } hash ? $"There is no audit of block {hash} of chain {chain}: {kept}."
            : query.Number is { } number && number > answer.Head ? $"Block {number} of chain {chain} is not known: the head is block {answer.Head}, and {kept}."
            : query.Number is { } old && old.Value < lowest ? $"The audit of block {old} of chain {chain} is not kept any more: only {kept}."
            : $"There is no audit of block {query.Number ?? answer.Head} of chain {chain}: {kept}.";
    }

    /// <summary>The response.</summary>
    public static AuditResponse Of(ChainId chain, bool isSynthetic, AuditAnswer answer, AuditView audit, AuditQuery query) => new()
    {
        Chain = chain.ToString(),
        Synthetic = isSynthetic,
        AsOfSeq = answer.AsOf.Value,
        Number = audit.Number.Value,
        Hash = audit.Hash.ToString(),
        ParentHash = audit.Parent.ToString(),
        Canonical = audit.UndoneIn == GlobalSeq.None,
        Seq = audit.SeenIn.Value,
        UndoneSeq = SeqOf(audit.UndoneIn),
        Siblings = [.. answer.Kept.Where(block => block.Number == audit.Number && block.Hash != audit.Hash).Select(static block => new SiblingPart(block.Hash.ToString(), block.IsCanonical))],
        FeeRecipient = audit.FeeRecipient.ToString(),
        BaseFee = audit.BaseFee.ToString(),
        GasUsed = audit.GasUsed.Value,
        GasLimit = audit.GasLimit.Value,
        SlotAt = audit.SlotAt.ToRfc3339(),
        SlotTimeKnown = audit.HasSlotTime,
        ArrivedAt = audit.ArrivedAt.ToRfc3339(),
        Margin = new MarginPart(audit.MarginMicros, audit.MarginSamples, !audit.IsMarginDefault),
        WindowMicros = audit.WindowMicros,
        Sources = [.. audit.Sources.Select(static source => new AuditSourcePart(source.Name, source.Lane, source.IsPeers ? source.Peers : null, source.Since.ToRfc3339(), source.HasGap, source.HasGapAfter))],
        Gaps = [.. audit.Gaps.Select(static gap => new AuditGapPart(gap.Kind, gap.Name, gap.From.ToRfc3339(), ObservationText.Format(gap.To)))],
        MarginalTip = audit.MarginalTip?.ToString(),
        Counts = CountsOf(audit),
        NotExpected = Of(audit.NotExpected),
        Matching = audit.Matching,
        Transactions = [.. audit.Transactions.Select(Of)],
        Next = query.Skip + audit.Transactions.Count < audit.Matching ? BlockQuery.Cursor(audit.Hash, query.Skip + audit.Transactions.Count) : null,
    };

    private static AuditCountsPart CountsOf(AuditView audit) => new(
        Sum(audit, AuditClass.Found),
        Sum(audit, AuditClass.LatePublic),
        Sum(audit, AuditClass.Private),
        Sum(audit, AuditClass.Fresh),
        Sum(audit, AuditClass.Replaced),
        audit.Counts.Where(static count => count is { Class: AuditClass.Missing, Strength: EvidenceStrength.Strong }).Sum(static count => count.Count),
        audit.Counts.Where(static count => count is { Class: AuditClass.Missing, Strength: EvidenceStrength.Weak }).Sum(static count => count.Count),
        Sum(audit, AuditClass.Unseen));

    private static int Sum(AuditView audit, AuditClass of) => audit.Counts.Where(count => count.Class == of).Sum(static count => count.Count);

    private static NotExpectedPart Of(AuditLeftOut left) => new()
    {
        Underpriced = left.Underpriced,
        BelowMargin = left.BelowMargin,
        NoRoom = left.NoRoom,
        NotExecutable = left.NotExecutable,
        AfterSlot = left.AfterSlot,
        WithoutBody = left.WithoutBody,
        Left = left.Left,
        BeyondLimit = left.BeyondLimit,
    };

    private static AuditTxPart Of(AuditTx tx) => new()
    {
        Hash = tx.Hash.ToString(),
        Sender = tx.Sender.ToString(),
        Nonce = tx.Nonce.Value,
        Class = NameOf(tx.Class),
        Strength = tx.Strength == EvidenceStrength.Strong ? "strong" : "weak",
        Reasons = NamesOf(tx.Reasons),
        Index = tx.Index,
        Rank = tx.Rank,
        Tip = tx.Tip?.ToString(),
        GasLimit = tx.GasLimit?.Value,
        GasUsed = tx.GasUsed?.Value,
        HeardAt = ObservationText.Format(tx.HeardAt),
        LeadMicros = tx.LeadMicros,
        HeardBy = tx.HeardBy,
        HadBy = tx.HadBy,
        Arrivals = [.. tx.Arrivals.Select(static arrival => new AuditArrivalPart(arrival.Source, arrival.LeadMicros))],
        Replaces = tx.Replaces?.ToString(),
        FirstSeq = SeqOf(tx.FirstIn),
        LateSeq = SeqOf(tx.LateIn),
    };

    private static ulong? SeqOf(GlobalSeq seq) => seq == GlobalSeq.None ? null : seq.Value;
}
