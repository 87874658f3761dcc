using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Reasons;
using Mempulse.Replay.Views;

namespace Mempulse.Features.Reasons;

/// <summary>Which transaction took the nonce of a replaced one: by its fee, in a block, and whether it was public.</summary>
internal static class RivalReasons
{
    /// <summary>Why it was replaced.</summary>
    public static IEnumerable<Reason> Of(TxCase tx)
    {
        var replaced = tx.Tx.Last<LogEvent.TxReplaced>();
        if (tx.Rival is not { } rival)
        {
            yield return UsedByUnknown(tx, replaced);
            yield break;
        }

        var block = tx.RivalInclusion is { } inclusion ? BlockWalk.Find(tx.Log, inclusion.Block) : null;
        bool isOutbid = replaced is { } stated ? !stated.Event.ByInclusion : tx.RivalInclusion is null;
        if (tx.RivalInclusion is { } included)
        {
            yield return Used(tx, rival, included, block);
            yield return Publicity(tx, rival, included, block);
        }

        if (isOutbid)
        {
            yield return Outbid(tx, rival, replaced?.Record.Seq ?? GlobalSeq.None, replaced?.Record.View.Timestamp);
        }
        else if (tx.RivalInclusion is null)
        {
            yield return Displaced(tx, rival, replaced?.Record.Seq ?? GlobalSeq.None);
        }
    }

    private static Reason UsedByUnknown(TxCase tx, (LogEvent.TxReplaced Event, LoggedRecord Record)? replaced)
    {
        var cause = replaced is { } stated ? tx.Log.At(stated.Record.View.Cause) : null;
        string by = cause is not null && LogEvent.Decode(cause.View) is LogEvent.BlockObserved block ? $"by block {block.Number}" : "by the chain";
        return new Reason(
            TxVerdict.NonceUsed,
            EvidenceStrength.Strong,
            $"Its nonce{(tx.Body is { } body ? $", {body.Nonce}," : string.Empty)} was found used {by}. The transaction that used it is not on record.")
        {
            WouldDecide = "The blocks that this log does not have name the transaction that used the nonce.",
        }.RestingOn(replaced?.Record.Seq ?? GlobalSeq.None, cause?.Seq ?? GlobalSeq.None);
    }

    private static Reason Used(TxCase tx, LoggedTx rival, PoolInclusion included, SeenBlock? block) => new Reason(
        TxVerdict.NonceUsed,
        block is null ? EvidenceStrength.Strong : EvidenceStrength.Proof,
        $"Block {included.Number} includes {rival.Hash} at index {included.Index}, which has the same sender and nonce: it can no longer be included on this chain.")
    {
        Numbers = [new Quantity("block", included.Number.Value, "block"), new Quantity("index", (ulong)included.Index, "index"), .. NonceOf(tx)],
    }.RestingOn([block?.Seq ?? GlobalSeq.None, .. rival.SeqsOf(LogEvent.TxIncluded.KindNumber)]);

    private static Reason Publicity(TxCase tx, LoggedTx rival, PoolInclusion included, SeenBlock? block)
    {
        if (block is null)
        {
            return new Reason(TxVerdict.CompetitorPrivate, EvidenceStrength.NotDerivable, $"It cannot be told whether {rival.Hash} was public before block {included.Number}.")
            {
                WouldDecide = $"The record of block {included.Number}, which this log does not have.",
            };
        }

        if (rival.KnownBefore(block.Seq) is { } known)
        {
            string lead = AmountText.Duration(known.At, block.At);
            return new Reason(TxVerdict.CompetitorPublic, EvidenceStrength.Proof, $"{rival.Hash} was in the public mempool {lead} before block {included.Number} arrived.")
            {
                Numbers = [new Quantity("publicBefore", AmountText.Micros(known.At, block.At), "microseconds")],
            }.RestingOn(known.Seq, block.Seq);
        }

        return Private(rival, included, block, tx.CoverageTo(block.At));
    }

    private static Reason Private(LoggedTx rival, PoolInclusion included, SeenBlock block, Coverage coverage) => new Reason(
        TxVerdict.CompetitorPrivate,
        coverage.OfAbsence,
        coverage.OfAbsence == EvidenceStrength.NotDerivable
            ? $"No source announced {rival.Hash} before block {included.Number}, but nothing was observed during that time."
            : $"No source announced {rival.Hash} before block {included.Number}: it was sent to a builder in private{(coverage.OfAbsence == EvidenceStrength.Weak ? ", unless it was announced in a gap of this node's observation" : string.Empty)}.")
    {
        Numbers = [new Quantity("gaps", (ulong)coverage.Gaps.Count, "gaps"), new Quantity("blind", coverage.BlindMicros, "microseconds")],
        WouldDecide = coverage.OfAbsence == EvidenceStrength.NotDerivable ? "What another node received between the first sighting and the block." : null,
    }.RestingOn(block.Seq);

    private static Reason Displaced(TxCase tx, LoggedTx rival, GlobalSeq seq) => new Reason(
        TxVerdict.Replaced,
        EvidenceStrength.Weak,
        $"{rival.Hash} took its nonce in a block that a reorg has left since, and waits again in its place. A block may still include either of them.")
    {
        Numbers = NonceOf(tx),
    }.RestingOn([seq, .. rival.SeqsOf(LogEvent.TxReopened.KindNumber)]);

    private static Reason Outbid(TxCase tx, LoggedTx rival, GlobalSeq seq, UnixNanoseconds? at)
    {
        string when = at is { } time ? $" at {time.ToRfc3339()}" : string.Empty;
        if (tx.Body is not { } old || rival.Life?.Body is not { } bid)
        {
            return new Reason(TxVerdict.Replaced, EvidenceStrength.Strong, $"{rival.Hash} replaced it{when}: it has the same sender and nonce.").RestingOn(seq);
        }

        var (fee, tip) = (bid.MaxFeePerGas.Value, bid.MaxPriorityFeePerGas.Value);
        return new Reason(
            TxVerdict.Replaced,
            EvidenceStrength.Strong,
            $"{rival.Hash} outbid it{when}: {Change(old.MaxFeePerGas.Value, fee)} fee cap and {Change(old.MaxPriorityFeePerGas.Value, tip)} tip per gas, at the same nonce. Pools keep the higher bid.")
        {
            Numbers =
            [
                new Quantity("maxFeePerGas", old.MaxFeePerGas.Value, "wei/gas"),
                new Quantity("byMaxFeePerGas", fee, "wei/gas"),
                new Quantity("maxPriorityFeePerGas", old.MaxPriorityFeePerGas.Value, "wei/gas"),
                new Quantity("byMaxPriorityFeePerGas", tip, "wei/gas"),
                .. NonceOf(tx),
            ],
        }.RestingOn(seq, tx.Life!.DecodedAt, rival.Life.DecodedAt);
    }

    private static string Change(in UInt256 from, in UInt256 to) => to >= from ? $"{AmountText.Fee(to - from)} more" : $"{AmountText.Fee(from - to)} less";

    private static Quantity[] NonceOf(TxCase tx) => tx.Body is { } body ? [new Quantity("nonce", body.Nonce.Value, "nonce")] : [];
}
