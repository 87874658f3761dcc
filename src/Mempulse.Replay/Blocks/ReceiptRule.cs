using Mempulse.Primitives.Events;
using Mempulse.Replay.Pool;
using Mempulse.Replay.Transitions;

namespace Mempulse.Replay.Blocks;

/// <summary>Applies receipts to the transactions of the block that they name, and only to those: the outcome is completed or corrected.</summary>
/// <remarks>
/// Receipts may arrive in any order, repeatedly, and after finality. An outcome that the receiptsRoot confirms corrects any other; a
/// claim without that proof only fills in what is unknown. The receipts of a block that left the chain change nothing. Logs change nothing here;
/// a receipt whose logs are continued in the next record is on record once that one is.
/// </remarks>
internal sealed class ReceiptRule(TxTable txs, CanonicalWindow window, TransitionLog log)
{
    public void Apply(in ReceiptsView observed)
    {
        foreach (var receipt in observed)
        {
            if (txs.TryFind(receipt.Tx, out var tx) && tx.Block is { } block && block.Hash == observed.Block)
            {
                Apply(tx, block, receipt, observed.IsVerified);
            }
        }

        if (window.Find(observed.Block) is { } known)
        {
            window.AddReceipts(known, observed.First, observed.EndedCount);
        }
    }

    private void Apply(TxEntry tx, BlockRef block, in TxResultView receipt, bool isVerified)
    {
        if (receipt.Outcome == ExecutionOutcome.Unknown)
        {
            return;
        }

        var from = tx.Execution;
        bool isCompleted = from == ExecutionOutcome.Unknown;
        bool isCorrected = isVerified && (from != receipt.Outcome || tx.IsExecutionUnverified);
        if (isCompleted || isCorrected)
        {
            txs.Changing(tx);
            tx.SetExecution(receipt.Outcome, !isVerified);
            log.OutcomeKnown(tx, block, from, receipt.GasUsed);
        }
    }
}
