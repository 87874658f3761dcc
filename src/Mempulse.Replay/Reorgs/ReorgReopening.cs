using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.NonceChains;
using Mempulse.Replay.Pool;
using Mempulse.Replay.Transitions;
using Mempulse.Replay.Views;

namespace Mempulse.Replay.Reorgs;

/// <summary>Undoes blocks and reopens what they included: Included becomes Pending or Queued again, at its old nonce.</summary>
/// <remarks>
/// Final blocks are never undone, whatever a source reports. A transaction that a reopened one replaced stays replaced: nodes have
/// dropped it. The blocks of the new chain follow and may include either.
/// </remarks>
internal sealed class ReorgReopening(TxTable txs, AccountTable accounts, CanonicalWindow window, TransitionLog log, NonceOrder order)
{
    /// <summary>Undoes every block above the common ancestor.</summary>
    /// <remarks>If this fold holds another block at the ancestor's height, that block left the chain too.</remarks>
    public void Apply(LogEvent.ReorgDetected reorg)
    {
        var atHeight = window.At(reorg.CommonAncestorNumber);
        if (atHeight is not null && atHeight.Hash != reorg.CommonAncestor)
        {
            UndoFrom(reorg.CommonAncestorNumber);
        }
        else
        {
            UndoAbove(reorg.CommonAncestorNumber);
        }
    }

    /// <summary>Undoes every block higher than <paramref name="number"/>.</summary>
    public void UndoAbove(BlockNumber number)
    {
        if (number.Value != ulong.MaxValue)
        {
            UndoFrom(new BlockNumber(number.Value + 1));
        }
    }

    /// <summary>Undoes every block at <paramref name="number"/> or higher, then announces the reopened transactions in chain order.</summary>
    public void UndoFrom(BlockNumber number)
    {
        if (window.Top is not { } top || top.Number < number)
        {
            return;
        }

        List<(TxEntry Tx, BlockRef Left)> reopened = [];
        while (window.Top is { } next && next.Number >= number)
        {
            Undo(window.Pop(), reopened);
        }

        reopened.Reverse();
        Announce(reopened);
    }

    private void Undo(CanonicalBlock block, List<(TxEntry Tx, BlockRef Left)> reopened)
    {
        for (int i = block.Transactions.Count - 1; i >= 0; i--)
        {
            if (txs.TryFind(block.Transactions[i], out var tx) && tx.Block == block.Ref)
            {
                txs.Changing(tx);
                tx.Block = null;
                tx.ClearExecution();
                tx.Account!.Slots.WaitsAgain(tx.Nonce);
                accounts.Touch(tx.Account!);
                reopened.Add((tx, block.Ref));
            }
        }

        for (int i = block.Undo.Count - 1; i >= 0; i--)
        {
            Restore(block.Undo[i]);
        }
    }

    private void Restore(in NonceBefore before)
    {
        var account = before.Account;
        accounts.Changing(account);
        accounts.Touch(account);
        account.Next = before.Next;
        account.Knowledge = before.Knowledge;
        account.KnownAtGap = before.KnownAtGap;
        account.Pins--;
    }

    /// <summary>A waiting transaction below a restored next nonce proves that nonce wrong: a block had used the lower one. A node may correct it.</summary>
    private void DoubtContradictions()
    {
        foreach (var account in accounts.Touched)
        {
            if (account.KnowledgeAfter(window.Gaps) == NonceKnowledge.Chain && account.Slots.LowestWaiting() < account.Next)
            {
                accounts.Changing(account);
                account.Knowledge = NonceKnowledge.Reported;
            }
        }
    }

    private void Announce(List<(TxEntry Tx, BlockRef Left)> reopened)
    {
        foreach (var (tx, _) in reopened)
        {
            txs.BeginWait(tx, window.TimeSeconds);
        }

        DoubtContradictions();
        var before = order.RecomputeTouched();
        foreach (var (tx, left) in reopened)
        {
            log.Reopened(tx, left);
        }

        order.AnnounceMoved(before);
    }
}
