using Mempulse.Primitives;
using Mempulse.Primitives.Audits;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Observations;

namespace Mempulse.Replay.Audits;

/// <summary>Computes an audit from the evidence about a block: a function of it, and of the sources' names.</summary>
internal sealed class AuditJudge
{
    private const int LeastSources = 2;

    private readonly BlockEvidence _block;
    private readonly ObservationState _state;
    private readonly BlockRoom _room;

    private AuditJudge(BlockEvidence block, ObservationState state)
    {
        (_block, _state) = (block, state);
        _room = new BlockRoom(block);
    }

    /// <summary>The audit of a block.</summary>
    public static BlockAudit Judge(BlockEvidence block, ObservationState state) => new AuditJudge(block, state).Judge();

    private BlockAudit Judge()
    {
        var absent = _room.TakeExpected(out var notExpected);
        TxAudit[] actual = [.. _block.Included.Select(OfIncluded)];
        var expected = ExpectedOrder.Rank([.. actual.Where(static tx => tx.Class == AuditClass.Found), .. absent.Select(OfAbsent)]);
        var ranks = new SortedDictionary<int, int>();
        foreach (var tx in expected)
        {
            if (tx is { Index: { } index, Rank: { } rank })
            {
                ranks.Add(index, rank);
            }
        }

        return new BlockAudit
        {
            Hash = _block.Key,
            Number = _block.Number,
            Parent = _block.Parent,
            FeeRecipient = _block.FeeRecipient,
            BaseFee = new Wei(_block.BaseFee),
            GasUsed = new Gas(_block.GasUsed),
            GasLimit = new Gas(_block.GasLimit),
            SeenIn = _block.SeenIn,
            UndoneIn = _block.UndoneIn,
            ArrivedAt = new UnixNanoseconds(_block.ArrivedAt),
            SlotAt = new UnixNanoseconds(_block.SlotAt),
            HasSlotTime = _block.HasSlotTime,
            MarginMicros = _block.MarginMicros,
            MarginSamples = _block.MarginSamples,
            IsMarginDefault = _block.IsMarginDefault,
            WindowMicros = (ulong)AuditTimes.MicrosBetween(0, Math.Max(AuditTimes.LeastWindow, _block.IsMarginDefault ? 0 : _block.MarginNanoseconds)),
            Sources = _block.Sources,
            Gaps = _block.Gaps,
            Actual = [.. actual.Select(tx => tx.Index is { } index && ranks.TryGetValue(index, out int rank) ? tx with { Rank = rank } : tx)],
            Expected = expected,
            NotExpected = notExpected,
            MarginalTip = _room.MarginalTip is { } tip ? new Wei(tip) : null,
        };
    }

    private TxAudit OfIncluded(TxEvidence tx)
    {
        long lead = _block.SlotAt - tx.HeardAt;
        bool isHeard = tx.HeardAt != 0;
        var (found, reasons) =
            !tx.Replaces.IsZero ? (AuditClass.Replaced, _block.SlotAt - tx.ReplacedHeardAt > _block.MarginNanoseconds ? AuditReasons.None : AuditReasons.InsideMargin)
            : !isHeard && tx.LateAt == 0 ? (AuditClass.Private, Watched(isAfterToo: true))
            : !isHeard || lead < -_block.MarginNanoseconds ? (AuditClass.LatePublic, Watched(isAfterToo: true))
            : lead > _block.MarginNanoseconds ? (AuditClass.Found, AuditReasons.None)
            : (AuditClass.Fresh, AuditReasons.InsideMargin);
        return Of(tx, found, reasons, tx.Index);
    }

    private TxAudit OfAbsent(TxEvidence tx)
    {
        var reasons = tx.Reasons | _block.Reasons | Watched(isAfterToo: false) | Heard(tx) | Fee(tx);
        return _block.SlotAt - tx.HeardAt > _block.MarginNanoseconds
            ? Of(tx, AuditClass.Missing, reasons, index: null)
            : Of(tx, AuditClass.Unseen, reasons | AuditReasons.InsideMargin, index: null);
    }

    /// <summary>Why not hearing a transaction, or hearing it everywhere, says little about others.</summary>
    private AuditReasons Watched(bool isAfterToo) =>
        (_block.Sources.Count < LeastSources ? AuditReasons.FewSources : AuditReasons.None)
        | (_block.Sources.Any(source => source.HasGap || (isAfterToo && source.HasGapAfter)) ? AuditReasons.SourceGap : AuditReasons.None);

    private AuditReasons Heard(TxEvidence tx) =>
        (tx.HadBy >= _block.Sources.Count ? AuditReasons.None : tx.HeardBy >= _block.Sources.Count ? AuditReasons.HeardTooLate : AuditReasons.NotHeardByAll)
        | (_block.Sources.All(static source => source.IsLane) ? AuditReasons.BalanceUnknown : AuditReasons.None);

    private AuditReasons Fee(TxEvidence tx) =>
        _room.MarginalTip is not { } marginal ? AuditReasons.FewPublic
        : tx.Tip > marginal ? AuditReasons.None
        : AuditReasons.MarginalFee;

    private TxAudit Of(TxEvidence tx, AuditClass found, AuditReasons reasons, int? index) => new()
    {
        Hash = tx.Hash,
        Sender = tx.Sender,
        Nonce = new Nonce(tx.Nonce),
        Class = found,
        Strength = reasons == AuditReasons.None ? EvidenceStrength.Strong : EvidenceStrength.Weak,
        Reasons = reasons,
        Index = index,
        Tip = tx.HasBody ? new Wei(tx.Tip) : null,
        GasLimit = tx.HasBody ? new Gas(tx.GasLimit) : null,
        GasUsed = tx.GasUsed > 0 ? new Gas(tx.GasUsed) : null,
        HeardAt = tx.HeardAt != 0 ? new UnixNanoseconds(tx.HeardAt) : tx.LateAt != 0 ? new UnixNanoseconds(tx.LateAt) : null,
        LeadMicros = tx.HeardAt != 0 ? AuditTimes.MicrosBetween(tx.HeardAt, _block.SlotAt) : tx.LateAt != 0 ? AuditTimes.MicrosBetween(tx.LateAt, _block.SlotAt) : null,
        HeardBy = tx.HeardBy,
        HadBy = tx.HadBy,
        LateIn = tx.LateIn,
        Replaces = tx.Replaces.IsZero ? null : tx.Replaces,
        Arrivals = [.. tx.Arrivals.Select(arrival => new AuditArrival(NameOf(arrival.Observer), AuditTimes.MicrosBetween(arrival.At, _block.SlotAt)))],
    };

    private string NameOf(uint observer) => _state.Observers.TryGet(observer, out var found) ? found.Name : string.Empty;
}
