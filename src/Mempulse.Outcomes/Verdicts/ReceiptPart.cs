using Mempulse.Outcomes.Bundles;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Outcomes.Verdicts;

/// <summary>What a record of receipts has of one receipt.</summary>
/// <param name="Seq">The record.</param>
/// <param name="IsVerified">Whether the receiptsRoot confirms it.</param>
/// <param name="Begin">Whether its begin is in this record.</param>
/// <param name="IsEnded">True if the receipt ends in this record.</param>
internal readonly record struct ReceiptPart(GlobalSeq Seq, bool IsVerified, ReceiptBegin Begin, bool IsEnded)
{
    /// <summary>The place of a transaction with what its receipt says.</summary>
    public TxPlace AddTo(TxPlace place, in TxResultView receipt, LogEvent.BundleBuilt built)
    {
        var gain = receipt.OmittedLogs > 0 ? null : TokenGain.Of(receipt, built.Token, built.Account, IsVerified);
        gain = Begin switch
        {
            ReceiptBegin.Whole => gain,
            ReceiptBegin.Continues when place.PartGain is { } before && gain is { } more => before.Plus(more),
            _ => null,
        };

        return place with
        {
            Outcome = receipt.Outcome,
            IsOutcomeVerified = IsVerified,
            ReceiptIn = Seq,
            Gain = IsEnded ? gain : null,
            PartGain = IsEnded ? null : gain,
        };
    }
}
