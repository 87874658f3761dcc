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
    /// <summary>Why there is no audit, with what is known.</summary>
    public static string WhyNot(ChainId chain, AuditQuery query, AuditAnswer answer)
    {
        if (answer.Kept.Count == 0)
        {
            return $"The audit has no block of chain {chain} yet (as of event {answer.AsOf}).";
        }

        return query.Number is { } number && number > answer.Head ? $"Block {number} of chain {chain} is not known: the head is block {answer.Head}. {Kept(answer)}"
            : $"There is no audit of block {query.Number ?? answer.Head} of chain {chain}. {Kept(answer)}";
    }

    /// <summary>True for a block that the log may have although its audit is not kept: any hash, and a height up to the head.</summary>
    public static bool MayBeInLog(AuditQuery query, AuditAnswer answer) =>
        answer.Kept.Count > 0 && (query.Hash is not null || (query.Number is { } number && number <= answer.Head));

    /// <summary>Which audits are kept, in a sentence.</summary>
    public static string Kept(AuditAnswer answer) => $"The audits of blocks {RangesOf(answer.Kept)} are kept (as of event {answer.AsOf}).";

    /// <summary>The heights of blocks as ranges, in ascending order: a log that missed blocks has holes.</summary>
    private static string RangesOf(IReadOnlyList<KeptAudit> kept)
    {
        var ranges = new List<(ulong First, ulong Last)>();
        foreach (ulong height in kept.Select(static block => block.Number.Value).Distinct().Order())
        {
            if (ranges is [.., var last] && last.Last + 1 == height)
            {
                ranges[^1] = (last.First, height);
            }
            else
            {
                ranges.Add((height, height));
            }
        }

        return string.Join(", ", ranges.Select(static range => range.First == range.Last ? $"{range.First}" : $"{range.First} to {range.Last}"));
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
        Class = AuditNames.Of(tx.Class),
        Strength = tx.Strength == EvidenceStrength.Strong ? "strong" : "weak",
        Reasons = AuditNames.Of(tx.Reasons),
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
