using Mempulse.Outcomes.Bundles;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Views;

namespace Mempulse.Outcomes.Verdicts;

/// <summary>Follows where the canonical chain uses the nonces of bundles, and what the receipts say. Confined to the fold's thread.</summary>
/// <param name="bundles">The bundles.</param>
/// <param name="window">The recent blocks.</param>
/// <param name="touched">Receives the bundles for which something changed, in a fixed order; one may come several times.</param>
internal sealed class ChainRule(BundleTable bundles, BlockWindow window, List<BundleEntry> touched)
{
    /// <summary>A block left the chain.</summary>
    public void Undo(in ChainBlock undone, GlobalSeq seq)
    {
        if (window.Find(undone.Number, undone.Hash) is { } block)
        {
            foreach (var use in block.Uses)
            {
                foreach (var bundle in bundles.ByNonce.Find(use.Nonce))
                {
                    Leave(bundle, block.Hash, seq);
                }
            }

            window.Remove(block.Key);
            return;
        }

        foreach (var bundle in bundles.All())
        {
            Leave(bundle, undone.Hash, seq);
        }
    }

    /// <summary>A block joined the chain.</summary>
    public void Apply(LogEvent.BlockObserved observed, GlobalSeq seq)
    {
        var block = window.Add(observed, seq);
        for (int i = 0; i < block.Uses.Count; i++)
        {
            var users = bundles.ByNonce.Find(block.Uses[i].Nonce);
            if (users.Count == 0)
            {
                continue;
            }

            var place = PlaceOf(block, i) with { Outcome = observed.Transactions[i].Outcome };
            foreach (var bundle in users)
            {
                bundles.Changing(bundle);
                Put(bundle, block.Uses[i].Nonce, place);
                touched.Add(bundle);
            }
        }
    }

    /// <summary>A bundle is new: the blocks that are held may have used its nonces.</summary>
    public void Place(BundleEntry bundle)
    {
        bool isBaseHeld = window.Find(bundle.Built.BaseNumber, bundle.Built.Base) is not null;
        foreach (var block in window.From(isBaseHeld ? bundle.Built.BaseNumber : default))
        {
            for (int i = 0; i < block.Uses.Count; i++)
            {
                Put(bundle, block.Uses[i].Nonce, PlaceOf(block, i));
            }
        }
    }

    /// <summary>Receipts of a block that is held.</summary>
    /// <remarks>
    /// The parts of a block follow each other, so what goes on in the next record is known, and a receipt of which the begin was not seen counts as unknown. A
    /// receipt that the root confirms replaces one that a node claims, never the other way round.
    /// </remarks>
    public void Apply(in ReceiptsView receipts, GlobalSeq seq)
    {
        if (window.Find(receipts.Number, receipts.Block) is not { } block)
        {
            return;
        }

        var begin = BeginOf(receipts, block.Series);
        int index = 0;
        int nextLog = receipts.FirstLog;
        foreach (var receipt in receipts)
        {
            var part = new ReceiptPart(seq, receipts.IsVerified, index == 0 ? begin : ReceiptBegin.Whole, IsEnded: ++index <= receipts.EndedCount);
            nextLog = checked(nextLog + receipt.LogCount + receipt.OmittedLogs);
            foreach (var bundle in bundles.ByTx.Find(receipt.Tx))
            {
                Apply(bundle, block, receipt, part);
            }
        }

        window.Changing(block);
        block.Series = receipts.Continuation is ReceiptsContinuation.Receipts or ReceiptsContinuation.Logs
            ? new ReceiptSeries(checked(receipts.First + receipts.EndedCount), nextLog, receipts.IsVerified, receipts.Continuation == ReceiptsContinuation.Logs)
            : null;
    }

    /// <summary>How the first receipt of a record begins: by itself it does not say whether it goes on.</summary>
    private static ReceiptBegin BeginOf(in ReceiptsView receipts, ReceiptSeries? series) =>
        receipts is { First: 0, FirstLog: 0 } ? ReceiptBegin.Whole
        : series is not { } known || known.Next != receipts.First || known.NextLog != receipts.FirstLog || known.IsVerified != receipts.IsVerified ? ReceiptBegin.Unknown
        : known.IsWithinReceipt ? ReceiptBegin.Continues
        : ReceiptBegin.Whole;

    private void Apply(BundleEntry bundle, BlockEntry block, in TxResultView receipt, in ReceiptPart part)
    {
        for (int i = 0; i < bundle.Places.Length; i++)
        {
            if (bundle.Places[i] is { } place && place.UsedBy == receipt.Tx && place.Block == block.Hash && (part.IsVerified || !place.IsOutcomeVerified))
            {
                bundles.Changing(bundle);
                bundle.Places[i] = part.AddTo(place, receipt, bundle.Built);
                touched.Add(bundle);
            }
        }
    }

    private void Leave(BundleEntry bundle, in Hash256 block, GlobalSeq seq)
    {
        for (int i = 0; i < bundle.Places.Length; i++)
        {
            if (bundle.Places[i] is not { } place || place.Block != block)
            {
                continue;
            }

            bundles.Changing(bundle);
            if (bundle.Verdict is { Verdict: BundleVerdict.Landed or BundleVerdict.Reverted or BundleVerdict.PartiallyLanded } verdict && verdict.Block == block)
            {
                bundle.Left = new LeftBlock(block, verdict.Index ?? 0, place.SeenIn, seq);
            }

            bundle.Places[i] = null;
            touched.Add(bundle);
        }
    }

    private static void Put(BundleEntry bundle, in SenderNonce nonce, TxPlace place)
    {
        var transactions = bundle.Built.Transactions;
        for (int i = 0; i < transactions.Count; i++)
        {
            if (transactions[i].Nonce == nonce.Nonce && transactions[i].Sender == nonce.Sender)
            {
                bundle.Places[i] = place;
            }
        }
    }

    private static TxPlace PlaceOf(BlockEntry block, int index) => new()
    {
        UsedBy = block.Uses[index].Tx,
        Block = block.Hash,
        Number = block.Key,
        Index = index,
        SeenIn = block.SeenIn,
        IsVerified = block.IsVerified,
    };
}
