using Mempulse.Primitives;
using Mempulse.Primitives.Audits;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay.Changes;
using Mempulse.Replay.Lookups;
using Mempulse.Replay.Observations;
using Mempulse.Replay.Pool;
using Mempulse.Replay.Views;

namespace Mempulse.Replay.Audits;

/// <summary>Collects what an audit is computed from, right after the lifecycle and the observations applied a block.</summary>
internal sealed class EvidenceCollector(TxTable txs, CanonicalWindow window, FactSubjects subjects, ObservationState state, IObservationView observations)
{
    private readonly AbsentCandidates _candidates = new();

    /// <summary>Collects the evidence about a block.</summary>
    /// <param name="record">Its record.</param>
    /// <param name="block">The block.</param>
    /// <param name="changes">What the lifecycle did with it.</param>
    /// <param name="ordinal">The number of the audit.</param>
    /// <param name="gapsBefore">Number of chain gaps at the audit before; null for the first audit.</param>
    public BlockEvidence Collect(in RecordView record, LogEvent.BlockObserved block, FactChanges changes, ulong ordinal, ulong? gapsBefore)
    {
        long arrivedAt = record.Timestamp.Value;
        long slot = AuditTimes.SlotOf(block.TimestampSeconds, arrivedAt, out bool hasSlotTime);
        ulong margin = SourceDelays.Percentile99(state, out ulong samples);
        bool isDefault = samples < AuditTimes.LeastSamples;
        long window30 = Math.Max(AuditTimes.LeastWindow, isDefault ? 0 : AuditTimes.OfMicros(margin));
        var watch = new SourceWatch(state, observations, slot, window30, arrivedAt);
        var baseFee = block.BaseFeePerGas.Value;
        var included = Included(block, baseFee, watch);
        MarkReplaced(changes, included, block.Hash, slot);
        _candidates.Look(txs.ByFee, baseFee, block.GasLimit.Value, slot, LowestTip(included, slot));
        var senders = SendersOf(subjects.InBlock);
        var absent = _candidates.Take().ConvertAll(candidate => EvidenceOf(candidate.Tx, watch, candidate.Tip, ReasonsOf(candidate.Tx, senders)));
        return new BlockEvidence(block.Hash, ordinal)
        {
            Number = block.Number,
            Parent = block.ParentHash,
            FeeRecipient = block.FeeRecipient,
            BaseFee = baseFee,
            GasUsed = block.GasUsed.Value,
            GasLimit = block.GasLimit.Value,
            SeenIn = record.Seq,
            ArrivedAt = arrivedAt,
            SlotAt = slot,
            HasSlotTime = hasSlotTime,
            MarginMicros = isDefault ? (ulong)AuditTimes.MicrosBetween(0, AuditTimes.DefaultMargin) : margin,
            MarginSamples = samples,
            IsMarginDefault = isDefault,
            ChainGaps = window.Gaps,
            Reasons = ReasonsOf(block, changes, hasSlotTime, gapsBefore),
            Sources = watch.Sources,
            Gaps = watch.Gaps,
            Included = included,
            Absent = absent,
            NotExpected = _candidates.NotExpected(txs),
        };
    }

    private AuditReasons ReasonsOf(LogEvent.BlockObserved block, FactChanges changes, bool hasSlotTime, ulong? gapsBefore) =>
        (changes.BlocksUndone.IsEmpty ? AuditReasons.None : AuditReasons.Reorg)
        | (gapsBefore == window.Gaps ? AuditReasons.None : AuditReasons.ChainGap)
        | (block.Unverified == UnverifiedParts.None ? AuditReasons.None : AuditReasons.UnverifiedBlock)
        | (hasSlotTime ? AuditReasons.None : AuditReasons.NoSlotTime);

    private List<TxEvidence> Included(LogEvent.BlockObserved block, UInt256 baseFee, SourceWatch watch)
    {
        var included = new List<TxEvidence>(subjects.InBlock.Length);
        foreach (var tx in subjects.InBlock)
        {
            var evidence = EvidenceOf(tx, watch, AuditFees.TipOf(tx.Fees, baseFee), AuditReasons.None);
            evidence.GasUsed = tx.Execution == ExecutionOutcome.Unknown ? 0 : block.Transactions[tx.IndexInBlock].GasUsed.Value;
            included.Add(evidence);
        }

        return included;
    }

    /// <summary>Notes which transactions took the nonce of one that the pool held when the slot began.</summary>
    private void MarkReplaced(FactChanges changes, List<TxEvidence> included, Hash256 block, long slot)
    {
        foreach (var moved in changes.Transitions)
        {
            if (moved is { From: TxState.Pending, To: TxState.Replaced }
                && txs.TryFind(moved.Tx, out var loser) && HeardAt(loser) is > 0 and var heardAt && heardAt <= slot
                && txs.TryFind(loser.ReplacedBy, out var winner) && winner.Block?.Hash == block && winner.Account == loser.Account && winner.Nonce == loser.Nonce
                && BlockEvidence.At(included, winner.IndexInBlock) is { } evidence && evidence.Hash == winner.Hash)
            {
                (evidence.Replaces, evidence.ReplacedHeardAt) = (loser.Hash, heardAt);
            }
        }
    }

    /// <summary>The least tip of a public transaction of the block; null if it has none.</summary>
    private static UInt256? LowestTip(List<TxEvidence> included, long slot)
    {
        UInt256? lowest = null;
        foreach (var tx in included)
        {
            if (tx.HasBody && tx.HeardAt != 0 && tx.HeardAt <= slot && !(lowest <= tx.Tip))
            {
                lowest = tx.Tip;
            }
        }

        return lowest;
    }

    private static LookupTable<Address, AccountEntry> SendersOf(ReadOnlySpan<TxEntry> inBlock)
    {
        var senders = new LookupTable<Address, AccountEntry>();
        foreach (var tx in inBlock)
        {
            if (!senders.TryGet(tx.Account!.Address, out _))
            {
                senders.Add(tx.Account);
            }
        }

        return senders;
    }

    private AuditReasons ReasonsOf(TxEntry tx, LookupTable<Address, AccountEntry> senders)
    {
        var account = tx.Account!;
        return (account.Knowledge != NonceKnowledge.Assumed && account.KnownAtGap == window.Gaps ? AuditReasons.None : AuditReasons.NonceUnproven)
            | (tx.Nonce > account.Next && account.Knowledge != NonceKnowledge.Assumed ? AuditReasons.AfterAbsent : AuditReasons.None)
            | (tx.BlobCount > 0 || tx.Type == TxType.Blob ? AuditReasons.Blobs : AuditReasons.None)
            | (tx.Spread.IncludedAt != 0 ? AuditReasons.Reopened : AuditReasons.None)
            | (tx.Leavings is null ? AuditReasons.None : AuditReasons.LeftSource)
            | (senders.TryGet(account.Address, out _) ? AuditReasons.SenderInBlock : AuditReasons.None);
    }

    private static TxEvidence EvidenceOf(TxEntry tx, SourceWatch watch, UInt256 tip, AuditReasons reasons)
    {
        var (heardBy, hadBy) = watch.Count(tx);
        return new TxEvidence
        {
            Hash = tx.Hash,
            Sender = tx.Account!.Address,
            Nonce = tx.Nonce,
            Index = tx.Block is null ? 0 : tx.IndexInBlock,
            HeardAt = HeardAt(tx),
            HasBody = tx.HasBody,
            Tip = tx.HasBody ? tip : UInt256.Zero,
            GasLimit = tx.GasLimit.Value,
            HeardBy = heardBy,
            HadBy = hadBy,
            Reasons = reasons,
            Arrivals = TxEvidence.ArrivalsOf(tx),
        };
    }

    /// <summary>When a lane first announced a transaction; 0 for never.</summary>
    internal static long HeardAt(TxEntry tx) =>
        tx.Spread.Sightings == 0 || tx.Spread.Lanes.Count == 0 ? 0 : AuditTimes.After(tx.FirstAt.Value, tx.Spread.Lanes[0].Micros);
}
