using Mempulse.Canon.Reading;
using Mempulse.Folding.Replays;
using Mempulse.Grains.Abstractions.Audits;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;
using Mempulse.Replay;
using Mempulse.Replay.Audits;

namespace Mempulse.Grains.Mempool;

/// <summary>Builds answers from the audits of the fold.</summary>
internal static class AuditAnswers
{
    /// <summary>A page of an audit, as the fold has it now.</summary>
    internal sealed record AuditPage(GlobalSeq AsOf, BlockNumber? Head, IReadOnlyList<AuditedBlock> Kept, BlockAudit? Audit, IReadOnlyList<TxAudit> Listed, int Matching);

    /// <summary>Takes a page. Call it between two slices of the fold.</summary>
    public static AuditPage Page(ReplayEngine engine, AuditQuery query)
    {
        var kept = engine.Audits.Blocks();
        var head = engine.Pool.Head?.Number;
        var audit = (query.Hash ?? AuditReplay.ChooseAt(kept, query.Number ?? head)) is { } hash ? engine.Audits.Find(hash) : null;
        return Page(engine.Applied, head, kept, audit, query);
    }

    /// <summary>A page of an audit.</summary>
    public static AuditPage Page(GlobalSeq asOf, BlockNumber? head, IReadOnlyList<AuditedBlock> kept, BlockAudit? audit, AuditQuery query)
    {
        TxAudit[] matching = audit is null ? [] : [.. All(audit).Where(tx => query.Classes.Count == 0 || query.Classes.Contains(tx.Class))];
        return new AuditPage(asOf, head, kept, audit, [.. matching.Skip(query.Skip).Take(Math.Min(query.Limit, AuditQuery.MaxTransactions))], matching.Length);
    }

    /// <summary>The answer, with the first record about each listed transaction.</summary>
    public static AuditAnswer Of(AuditPage page, ILogReader log) => new(
        page.AsOf,
        page.Head,
        [.. page.Kept.Select(static block => new KeptAudit(block.Number, block.Hash, block.IsCanonical))],
        page.Audit is { } audit ? Of(audit, page, log) : null);

    private static IEnumerable<TxAudit> All(BlockAudit audit) => audit.Actual.Concat(audit.Expected.Where(static tx => tx.Index is null));

    private static AuditView Of(BlockAudit audit, AuditPage page, ILogReader log) => new()
    {
        Hash = audit.Hash,
        Number = audit.Number,
        Parent = audit.Parent,
        FeeRecipient = audit.FeeRecipient,
        BaseFee = audit.BaseFee,
        GasUsed = audit.GasUsed,
        GasLimit = audit.GasLimit,
        SeenIn = audit.SeenIn,
        UndoneIn = audit.UndoneIn,
        ArrivedAt = audit.ArrivedAt,
        SlotAt = audit.SlotAt,
        HasSlotTime = audit.HasSlotTime,
        MarginMicros = audit.MarginMicros,
        MarginSamples = audit.MarginSamples,
        IsMarginDefault = audit.IsMarginDefault,
        WindowMicros = audit.WindowMicros,
        Sources = [.. audit.Sources.Select(static source => new AuditSourceView(source.Name, source.Lane, source.IsPeers, source.Peers, source.Since, source.HasGap, source.HasGapAfter))],
        Gaps = [.. audit.Gaps.Select(static gap => new AuditGapView(gap.Kind.ToString(), gap.Name, gap.From, gap.To))],
        NotExpected = Of(audit.NotExpected),
        MarginalTip = audit.MarginalTip,
        Counts = [.. All(audit).GroupBy(static tx => (tx.Class, tx.Strength)).OrderBy(static group => group.Key).Select(static group => new AuditCount(group.Key.Class, group.Key.Strength, group.Count()))],
        Matching = page.Matching,
        Transactions = [.. page.Listed.Select(tx => Of(tx, log))],
    };

    private static AuditTx Of(TxAudit tx, ILogReader log) => new()
    {
        Hash = tx.Hash,
        Sender = tx.Sender,
        Nonce = tx.Nonce,
        Class = tx.Class,
        Strength = tx.Strength,
        Reasons = tx.Reasons,
        Index = tx.Index,
        Rank = tx.Rank,
        Tip = tx.Tip,
        GasLimit = tx.GasLimit,
        GasUsed = tx.GasUsed,
        HeardAt = tx.HeardAt,
        LeadMicros = tx.LeadMicros,
        HeardBy = tx.HeardBy,
        HadBy = tx.HadBy,
        LateIn = tx.LateIn,
        Replaces = tx.Replaces,
        Arrivals = [.. tx.Arrivals.Select(static arrival => new AuditHeard(arrival.Source, arrival.LeadMicros))],
        FirstIn = log.Find(EventKey.Tx(tx.Hash), GlobalSeq.None, limit: 1) is [var first, ..] ? first : GlobalSeq.None,
    };

    private static AuditLeftOut Of(AuditCounts counts) => new()
    {
        Underpriced = counts.Underpriced,
        BelowMargin = counts.BelowMargin,
        NoRoom = counts.NoRoom,
        NotExecutable = counts.NotExecutable,
        AfterSlot = counts.AfterSlot,
        WithoutBody = counts.WithoutBody,
        Left = counts.Left,
        BeyondLimit = counts.BeyondLimit,
    };
}
