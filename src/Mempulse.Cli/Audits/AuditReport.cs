using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mempulse.Canon.Reading;
using Mempulse.Client.Audits;
using Mempulse.Folding.Replays;
using Mempulse.Primitives;
using Mempulse.Primitives.Audits;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay.Audits;

namespace Mempulse.Cli.Audits;

/// <summary>An audit as <c>mempulse audit</c> prints it. The JSON is that of GET /blocks/{block}, with all transactions on one page.</summary>
internal static class AuditReport
{
    private const double MicrosPerSecond = 1e6;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    /// <summary>Writes the audit as lines: the block, who was watching, the counts, and a line for each transaction.</summary>
    public static void Write(BlockAudit audit, AuditReading reading, TextWriter output)
    {
        output.WriteLine($"block {audit.Number} {audit.Hash}{(audit.UndoneIn == GlobalSeq.None ? string.Empty : $", undone by event {audit.UndoneIn}")}");
        output.WriteLine($"at seq {reading.AsOf}; event {audit.SeenIn}, slot {audit.SlotAt.ToRfc3339()}, arrived {audit.ArrivedAt.ToRfc3339()}");
        output.WriteLine($"base fee {audit.BaseFee} wei, gas {audit.GasUsed} of {audit.GasLimit}, margin {Seconds((long)audit.MarginMicros)} s{(audit.IsMarginDefault ? " (not measured)" : string.Empty)}");
        foreach (var source in audit.Sources)
        {
            output.WriteLine($"source {source.Name}{(source.IsPeers ? $", {source.Peers} peers" : string.Empty)}{(source.HasGap ? ", with a gap before the slot" : string.Empty)}");
        }

        foreach (var group in All(audit).GroupBy(static tx => (tx.Class, tx.Strength)).OrderBy(static group => group.Key))
        {
            output.WriteLine($"{group.Count(),6} {AuditNames.Of(group.Key.Class)}, {StrengthOf(group.Key.Strength)}");
        }

        foreach (var tx in All(audit))
        {
            string place = tx.Index is { } index ? $"index {index}" : $"rank {tx.Rank}";
            string heard = tx.LeadMicros is { } lead ? $"announced {Seconds(lead)} s before the slot" : "not announced";
            string reasons = tx.Reasons == AuditReasons.None ? string.Empty : $": {string.Join(", ", AuditNames.Of(tx.Reasons))}";
            output.WriteLine($"{tx.Hash} {AuditNames.Of(tx.Class)}, {StrengthOf(tx.Strength)}{reasons}; {place}, {heard}");
        }
    }

    /// <summary>The answer of GET /blocks/{block}.</summary>
    public static JsonObject ToJson(ChainId chain, BlockAudit audit, AuditReading reading, ILogReader log) =>
        JsonSerializer.SerializeToNode(ResponseOf(chain, audit, reading, log), s_json)!.AsObject();

    private static AuditResponse ResponseOf(ChainId chain, BlockAudit audit, AuditReading reading, ILogReader log)
    {
        List<TxAudit> all = [.. All(audit)];
        return new AuditResponse
        {
            Chain = chain.ToString(),
            Synthetic = reading.IsSynthetic,
            AsOfSeq = reading.AsOf.Value,
            Number = audit.Number.Value,
            Hash = audit.Hash.ToString(),
            ParentHash = audit.Parent.ToString(),
            Canonical = audit.UndoneIn == GlobalSeq.None,
            Seq = audit.SeenIn.Value,
            UndoneSeq = SeqOf(audit.UndoneIn),
            Siblings = [.. reading.Kept.Where(block => block.Number == audit.Number && block.Hash != audit.Hash).Select(static block => new SiblingPart(block.Hash.ToString(), block.IsCanonical))],
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
            Gaps = [.. audit.Gaps.Select(static gap => new AuditGapPart(gap.Kind.ToString(), gap.Name, gap.From.ToRfc3339(), gap.To?.ToRfc3339()))],
            MarginalTip = audit.MarginalTip?.ToString(),
            Counts = new AuditCountsPart(
                Count(all, AuditClass.Found),
                Count(all, AuditClass.LatePublic),
                Count(all, AuditClass.Private),
                Count(all, AuditClass.Fresh),
                Count(all, AuditClass.Replaced),
                all.Count(static tx => tx is { Class: AuditClass.Missing, Strength: EvidenceStrength.Strong }),
                all.Count(static tx => tx is { Class: AuditClass.Missing, Strength: EvidenceStrength.Weak }),
                Count(all, AuditClass.Unseen)),
            NotExpected = Of(audit.NotExpected),
            Matching = all.Count,
            Transactions = [.. all.Select(tx => Of(tx, log))],
        };
    }

    private static NotExpectedPart Of(AuditCounts left) => new()
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

    private static AuditTxPart Of(TxAudit tx, ILogReader log) => new()
    {
        Hash = tx.Hash.ToString(),
        Sender = tx.Sender.ToString(),
        Nonce = tx.Nonce.Value,
        Class = AuditNames.Of(tx.Class),
        Strength = StrengthOf(tx.Strength),
        Reasons = AuditNames.Of(tx.Reasons),
        Index = tx.Index,
        Rank = tx.Rank,
        Tip = tx.Tip?.ToString(),
        GasLimit = tx.GasLimit?.Value,
        GasUsed = tx.GasUsed?.Value,
        HeardAt = tx.HeardAt?.ToRfc3339(),
        LeadMicros = tx.LeadMicros,
        HeardBy = tx.HeardBy,
        HadBy = tx.HadBy,
        Arrivals = [.. tx.Arrivals.Select(static arrival => new AuditArrivalPart(arrival.Source, arrival.LeadMicros))],
        Replaces = tx.Replaces?.ToString(),
        FirstSeq = log.Find(EventKey.Tx(tx.Hash), GlobalSeq.None, limit: 1) is [var first, ..] ? SeqOf(first) : null,
        LateSeq = SeqOf(tx.LateIn),
    };

    private static IEnumerable<TxAudit> All(BlockAudit audit) => audit.Actual.Concat(audit.Expected.Where(static tx => tx.Index is null));

    private static int Count(List<TxAudit> all, AuditClass of) => all.Count(tx => tx.Class == of);

    private static string StrengthOf(EvidenceStrength strength) => strength == EvidenceStrength.Strong ? "strong" : "weak";

    private static string Seconds(long micros) => (micros / MicrosPerSecond).ToString("F3", CultureInfo.InvariantCulture);

    private static ulong? SeqOf(GlobalSeq seq) => seq == GlobalSeq.None ? null : seq.Value;
}
