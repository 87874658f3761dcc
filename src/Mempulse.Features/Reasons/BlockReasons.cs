using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Reasons;
using Mempulse.Replay.Views;

namespace Mempulse.Features.Reasons;

/// <summary>Which block includes a transaction, which blocks did not although it paid enough, and what reorgs did.</summary>
internal static class BlockReasons
{
    /// <summary>The block that includes it, its execution and how long it waited.</summary>
    public static IEnumerable<Reason> Included(TxCase tx)
    {
        if (tx.Inclusion is not { } at)
        {
            yield return new Reason(TxVerdict.Included, EvidenceStrength.Strong, "A block includes it. Which one is not on record at this position: the derived event has not been appended yet.");
            yield break;
        }

        var block = BlockWalk.Find(tx.Log, at.Block);
        yield return Inclusion(tx, at, block);
        if (tx.State == TxState.Confirmed)
        {
            yield return new Reason(TxVerdict.Confirmed, EvidenceStrength.Proof, $"Block {at.Number} is final here: {AmountText.Count((int)Math.Min(tx.Standing.Parameters.ConfirmationDepthBlocks, int.MaxValue), "block")} came after it.")
                .RestingOn(tx.Tx.SeqsOf(LogEvent.TxConfirmed.KindNumber));
        }

        if (block is not null)
        {
            foreach (var reason in SightingReasons.BeforeBlock(tx, block))
            {
                yield return reason;
            }
        }
    }

    /// <summary>Blocks that came while it waited and whose base fee it pays; null if there are none.</summary>
    public static Reason? Skipped(TxCase tx, NormalizedTx body)
    {
        var wait = WaitFigures.Of(tx, body);
        if (wait.Paid == 0)
        {
            return null;
        }

        string atLeast = wait.IsCut ? "At least " : string.Empty;
        return new Reason(
            TxVerdict.Skipped,
            wait.WithRoom.Count > 0 ? EvidenceStrength.Strong : EvidenceStrength.Weak,
            $"{atLeast}{AmountText.Count(wait.Paid, "block")} of {wait.Blocks} passed without it although it pays their base fee; {wait.WithRoom.Count} of them had room for its {body.GasLimit} gas.")
        {
            Numbers =
            [
                new Quantity("waitedBlocks", (ulong)wait.Blocks, "blocks"),
                new Quantity("paidBlocks", (ulong)wait.Paid, "blocks"),
                new Quantity("withRoom", (ulong)wait.WithRoom.Count, "blocks"),
            ],
        }.RestingOn(wait.WithRoom.Select(static block => block.Seq));
    }

    /// <summary>What is left when nothing on record keeps it out.</summary>
    public static Reason NoObstacle(TxCase tx, NormalizedTx body)
    {
        var wait = WaitFigures.Of(tx, body);
        if (tx.Head is { } head && wait.Blocks == 0)
        {
            return new Reason(TxVerdict.NoBlockYet, EvidenceStrength.Proof, $"No block was built since it arrived; the newest is block {head.Block.Number}. Nothing on record keeps it out of the next.")
                .RestingOn(tx.FirstSeq, head.Seq);
        }

        if (tx.Head is not { } newest)
        {
            return new Reason(TxVerdict.NoBlockYet, EvidenceStrength.NotDerivable, "No block is on record, so that it cannot be told what it would have to pay.")
            {
                WouldDecide = "The newest block of the chain.",
            }.RestingOn(tx.FirstSeq);
        }

        var lately = IncludedTips.Of(tx);
        var tip = FeeMath.Tip(body.MaxFeePerGas.Value, body.MaxPriorityFeePerGas.Value, newest.BaseFee);
        int below = lately.CountBelow(tip);
        string nonce = tx.Standing.Account?.Knowledge is NonceKnowledge.Chain or NonceKnowledge.Reported ? "its nonce is next" : "its nonce is the lowest known one of its sender";
        return new Reason(
            TxVerdict.NoObstacle,
            EvidenceStrength.NotDerivable,
            $"Nothing on record keeps it out: {nonce}, and it pays the base fee. It tips {AmountText.Fee(tip)} per gas; {below} of {AmountText.Count(lately.Count, "known tip")} in the last {AmountText.Count(lately.Blocks.Count, "block")} are lower.")
        {
            Numbers =
            [
                new Quantity("tipPerGas", tip, "wei/gas"),
                new Quantity("includedBelow", (ulong)below, "transactions"),
                new Quantity("knownTips", (ulong)lately.Count, "transactions"),
            ],
            WouldDecide = "What the builders of these blocks had received, and what they chose: that is not public.",
        }.RestingOn([tx.FirstSeq, newest.Seq, .. lately.Blocks.Select(static block => block.Seq)]);
    }

    /// <summary>Reorgs that took it out of a block; nothing if none did.</summary>
    public static IEnumerable<Reason> Reopened(TxCase tx)
    {
        if (tx.Tx.Last<LogEvent.TxReopened>() is { } reopened)
        {
            int times = tx.Tx.SeqsOf(LogEvent.TxReopened.KindNumber).Count();
            yield return new Reason(
                TxVerdict.Reopened,
                EvidenceStrength.Proof,
                $"A reorg took it out of block {reopened.Event.Number} ({reopened.Event.Block}) at {reopened.Record.View.Timestamp.ToRfc3339()}{(times > 1 ? $", the last of {times} times" : string.Empty)}.")
            {
                Numbers = [new Quantity("times", (ulong)times, "reorgs"), new Quantity("block", reopened.Event.Number.Value, "block")],
            }.RestingOn([.. tx.Tx.SeqsOf(LogEvent.TxReopened.KindNumber), reopened.Record.View.Cause]);
        }
    }

    /// <summary>This node stopped following it; nothing if it did not.</summary>
    public static IEnumerable<Reason> Expired(TxCase tx)
    {
        if (tx.State == TxState.Expired)
        {
            var expired = tx.Tx.Last<LogEvent.TxExpired>();
            string waited = expired is { } stated ? $" after it had waited {stated.Event.WaitedSeconds} s of block time" : string.Empty;
            yield return new Reason(
                TxVerdict.Expired,
                EvidenceStrength.Proof,
                $"This node no longer follows it{waited}: the limit is {tx.Standing.Parameters.ExpirySeconds} s. A block may still include it.")
            {
                Numbers = expired is { } known ? [new Quantity("waited", known.Event.WaitedSeconds, "seconds")] : [],
            }.RestingOn(expired?.Record.Seq ?? GlobalSeq.None, expired?.Record.View.Cause ?? GlobalSeq.None);
        }
    }

    /// <summary>A simulation that found it invalid on a block, from the opportunities that it triggered; nothing if no simulation did.</summary>
    public static IEnumerable<Reason> Invalid(TxCase tx)
    {
        if (SimulatedTx.LastInvalid(tx) is { } found)
        {
            yield return new Reason(
                TxVerdict.InvalidInSimulation,
                found.Sim.IsVerified ? EvidenceStrength.Strong : EvidenceStrength.Weak,
                $"Simulated on the state of block {found.Sim.BaseNumber}{(found.Sim.IsVerified ? string.Empty : ", which was not proven")}: {found.Sim.Detail}")
            {
                Numbers = [new Quantity("block", found.Sim.BaseNumber.Value, "block")],
            }.RestingOn(found.Seq);
        }
    }

    private static Reason Inclusion(TxCase tx, PoolInclusion at, SeenBlock? block)
    {
        string status = at.Outcome switch
        {
            ExecutionOutcome.Succeeded => "it succeeded",
            ExecutionOutcome.Reverted => "it reverted",
            _ => "its receipt is not on record",
        };
        string claimed = at.Outcome != ExecutionOutcome.Unknown && at.IsUnverified ? " by a node's claim" : string.Empty;
        string waited = block is not null && tx.Tx.KnownBefore(block.Seq) is { } known ? $" It waited {AmountText.Duration(known.At, block.At)} from its first sighting." : string.Empty;
        bool isAbandoned = at.IsAbandoned || (block is not null && tx.Standing.Abandoned.Any(left => left.Contains(at.Number, block.At)));
        string left = isAbandoned ? " The chain of that block was left beyond finality." : string.Empty;
        return new Reason(
            TxVerdict.Included,
            block is null ? EvidenceStrength.Strong : EvidenceStrength.Proof,
            $"Block {at.Number} ({at.Block}) includes it at index {at.Index}; {status}{claimed}.{waited}{left}")
        {
            Numbers =
            [
                new Quantity("block", at.Number.Value, "block"),
                new Quantity("index", (ulong)at.Index, "index"),
                new Quantity("waited", block is not null && tx.Tx.KnownBefore(block.Seq) is { } first ? AmountText.Micros(first.At, block.At) : 0, "microseconds"),
            ],
        }.RestingOn([block?.Seq ?? GlobalSeq.None, .. tx.Tx.SeqsOf(LogEvent.TxIncluded.KindNumber), .. tx.Tx.SeqsOf(LogEvent.TxOutcomeKnown.KindNumber)]);
    }
}
