using Mempulse.Ethereum.Forks;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Reasons;

namespace Mempulse.Features.Reasons;

/// <summary>Whether a waiting transaction pays enough, and fits into a block.</summary>
internal static class FeeReasons
{
    /// <summary>Number of bids from which on they say what builders take.</summary>
    private const int EnoughBids = 20;

    /// <summary>What keeps it out of the next block; nothing while no block is known.</summary>
    public static IEnumerable<Reason> Of(TxCase tx, NormalizedTx body)
    {
        if (tx.Head is not { } head)
        {
            yield break;
        }

        if (body.GasLimit > head.Block.GasLimit)
        {
            yield return GasAboveBlock(body, head);
        }

        if (body.MaxFeePerGas.Value < head.BaseFee)
        {
            yield return BelowBase(tx, body, head);
        }

        if (body.Type == TxType.Blob && OfBlobs(tx.Standing.Chain, body, head) is { } blobs)
        {
            yield return blobs;
        }

        if (body.MaxFeePerGas.Value >= head.BaseFee && Tip(tx, body, head) is { } tip)
        {
            yield return tip;
        }
    }

    /// <summary>How far a fee cap is below the base fee of the newest block; null when it is not.</summary>
    public static UInt256? Lacks(in UInt256 maxFee, SeenBlock? head) => head is { } newest && maxFee < newest.BaseFee ? newest.BaseFee - maxFee : null;

    private static Reason GasAboveBlock(NormalizedTx body, SeenBlock head) => new Reason(
        TxVerdict.GasAboveBlock,
        EvidenceStrength.Proof,
        $"Its gas limit, {body.GasLimit}, is above that of block {head.Block.Number}, {head.Block.GasLimit}: no such block can include it.")
    {
        Numbers = [new Quantity("gasLimit", body.GasLimit.Value, "gas"), new Quantity("blockGasLimit", head.Block.GasLimit.Value, "gas")],
    }.RestingOn(head.Seq);

    private static Reason BelowBase(TxCase tx, NormalizedTx body, SeenBlock head)
    {
        var wait = WaitFigures.Of(tx, body);
        var lacks = head.BaseFee - body.MaxFeePerGas.Value;
        string since = wait.UnderpricedSince is { } first
            ? $" The base fee has been above its cap since block {first.Block.Number}{(wait.IsCut && wait.UnderpricedInARow == wait.Blocks ? " at least" : string.Empty)} ({AmountText.Count(wait.UnderpricedInARow, "block")})."
            : string.Empty;
        string before = wait.Blocks > 0 ? $" It pays that of {wait.Paid} of the {AmountText.Count(wait.Blocks, "block")} since it arrived." : string.Empty;
        return new Reason(
            TxVerdict.FeeBelowBase,
            EvidenceStrength.Proof,
            $"It pays at most {AmountText.Fee(body.MaxFeePerGas.Value)} per gas, {AmountText.Fee(lacks)} less than the base fee of block {head.Block.Number}, {AmountText.Fee(head.BaseFee)}.{since}{before}")
        {
            Numbers =
            [
                new Quantity("maxFeePerGas", body.MaxFeePerGas.Value, "wei/gas"),
                new Quantity("baseFeePerGas", head.BaseFee, "wei/gas"),
                new Quantity("lacks", lacks, "wei/gas"),
                new Quantity("underpricedBlocks", (ulong)wait.UnderpricedInARow, "blocks"),
                new Quantity("paidBlocks", (ulong)wait.Paid, "blocks"),
                new Quantity("waitedBlocks", (ulong)wait.Blocks, "blocks"),
            ],
        }.RestingOn(tx.Life!.DecodedAt, head.Seq, wait.UnderpricedSince?.Seq ?? GlobalSeq.None);
    }

    private static Reason? OfBlobs(ChainId chain, NormalizedTx body, SeenBlock head)
    {
        var cap = body.MaxFeePerBlobGas.Value;
        if (chain.Value != MainnetForks.ChainId)
        {
            return new Reason(TxVerdict.BlobFeeBelowBase, EvidenceStrength.NotDerivable, $"It pays at most {AmountText.Fee(cap)} per blob gas. The blob base fee of block {head.Block.Number} is not on record.")
            {
                Numbers = [new Quantity("maxFeePerBlobGas", cap, "wei/gas"), new Quantity("excessBlobGas", head.Block.ExcessBlobGas.Value, "gas")],
                WouldDecide = $"The blob schedule of chain {chain}, with which the block's excess blob gas gives the fee.",
            }.RestingOn(head.Seq);
        }

        var schedule = BlobSchedule.Of(MainnetForks.At(head.Block.Number.Value, head.Block.TimestampSeconds));
        var fee = BlobFee.Of(head.Block.ExcessBlobGas.Value, schedule);
        return cap >= fee ? null : new Reason(
            TxVerdict.BlobFeeBelowBase,
            EvidenceStrength.Proof,
            $"It pays at most {AmountText.Fee(cap)} per blob gas, {AmountText.Fee(fee - cap)} less than the blob base fee of block {head.Block.Number}, {AmountText.Fee(fee)}.")
        {
            Numbers = [new Quantity("maxFeePerBlobGas", cap, "wei/gas"), new Quantity("blobBaseFee", fee, "wei/gas"), new Quantity("lacks", fee - cap, "wei/gas")],
        }.RestingOn(head.Seq);
    }

    /// <summary>Its tip against what was included lately; null when others were included for as much or less.</summary>
    private static Reason? Tip(TxCase tx, NormalizedTx body, SeenBlock head)
    {
        var lately = IncludedTips.Of(tx);
        var own = FeeMath.Tip(body.MaxFeePerGas.Value, body.MaxPriorityFeePerGas.Value, head.BaseFee);
        if (lately.Cheapest is not { } cheapest || own >= lately.Lowest)
        {
            return null;
        }

        bool hadRoom = lately.Blocks.Any(block => block.Room >= body.GasLimit.Value);
        return new Reason(
            TxVerdict.TipBelowIncluded,
            lately.Count >= EnoughBids && !hadRoom ? EvidenceStrength.Strong : EvidenceStrength.Weak,
            $"It tips {AmountText.Fee(own)} per gas. The lowest of the {AmountText.Count(lately.Count, "known tip")} in the last {AmountText.Count(lately.Blocks.Count, "block")} is {AmountText.Fee(lately.Lowest)}"
            + (hadRoom ? ", but not all of these blocks were full." : ", and these blocks had no room left for it."))
        {
            Numbers =
            [
                new Quantity("tipPerGas", own, "wei/gas"),
                new Quantity("lowestIncludedTip", lately.Lowest, "wei/gas"),
                new Quantity("knownTips", (ulong)lately.Count, "transactions"),
                new Quantity("includedTransactions", (ulong)lately.Size, "transactions"),
                new Quantity("blocks", (ulong)lately.Blocks.Count, "blocks"),
            ],
        }.RestingOn([.. lately.Blocks.Select(static block => block.Seq), LoggedTx.Read(tx.Log, cheapest).Life?.DecodedAt ?? GlobalSeq.None]);
    }
}
