using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.NonceChains;
using Mempulse.Replay.State;
using Mempulse.Replay.Transitions;
using Mempulse.Replay.Views;

namespace Mempulse.Replay.Reorgs;

/// <summary>Takes blocks back and reopens what they included: Included becomes Pending or Queued again, at its old nonce.</summary>
/// <remarks>
/// Final blocks are never taken back, whatever a source says. Who was replaced by a reopened transaction stays replaced:
/// nodes have dropped it. The new chain's blocks follow and may include either.
/// </remarks>
internal sealed class ReorgReopening(MempoolState state, TransitionLog log, NonceOrder order)
{
    /// <summary>Takes back every block above the common ancestor.</summary>
    /// <remarks>Where this fold holds another block at the ancestor's height, that block was left too.</remarks>
    public void Apply(LogEvent.ReorgDetected reorg)
    {
        var atHeight = state.Window.At(reorg.CommonAncestorNumber);
        if (atHeight is not null && atHeight.Hash != reorg.CommonAncestor)
        {
            TakeBackFrom(reorg.CommonAncestorNumber);
        }
        else
        {
            TakeBackAbove(reorg.CommonAncestorNumber);
        }
    }

    /// <summary>Takes back every block higher than <paramref name="number"/>.</summary>
    public void TakeBackAbove(BlockNumber number)
    {
        if (number.Value != ulong.MaxValue)
        {
            TakeBackFrom(new BlockNumber(number.Value + 1));
        }
    }

    /// <summary>Takes back every block at <paramref name="number"/> or higher, then announces what that reopens, in the order of the chain.</summary>
    public void TakeBackFrom(BlockNumber number)
    {
        if (state.Window.Top is not { } top || top.Number < number)
        {
            return;
        }

        List<(TxEntry Tx, BlockRef Left)> reopened = [];
        while (state.Window.Top is { } next && next.Number >= number)
        {
            TakeBack(state.Window.Pop(), reopened);
        }

        state.Chain.TimeSeconds = state.Head?.TimestampSeconds ?? state.Chain.TimeSeconds;
        reopened.Reverse();
        Announce(reopened);
    }

    private void TakeBack(CanonicalBlock block, List<(TxEntry Tx, BlockRef Left)> reopened)
    {
        for (int i = block.Transactions.Count - 1; i >= 0; i--)
        {
            if (state.TryFind(block.Transactions[i], out var tx) && tx.Block == block.Ref)
            {
                tx.Block = null;
                state.Touch(tx.Account!);
                reopened.Add((tx, block.Ref));
            }
        }

        for (int i = block.Undo.Count - 1; i >= 0; i--)
        {
            Restore(block.Undo[i]);
        }

        state.Remove(block);
    }

    private void Restore(in NonceBefore before)
    {
        var account = before.Account;
        state.Touch(account);
        account.Next = before.Next;
        account.Knowledge = before.Knowledge;
        account.KnownAtGap = before.KnownAtGap;
        account.Pins--;
        state.Changed(account);
    }

    /// <summary>Who waits below a restored next nonce shows that it was believed wrongly: a block had used the lower one. So a node may correct it.</summary>
    private void DoubtContradictions()
    {
        foreach (var account in state.Touched)
        {
            if (account.KnowledgeAfter(state.Chain.Gaps) == NonceKnowledge.Chain && account.Slots.LowestWaiting() < account.Next)
            {
                account.Knowledge = NonceKnowledge.Told;
                state.Changed(account);
            }
        }
    }

    private void Announce(List<(TxEntry Tx, BlockRef Left)> reopened)
    {
        foreach (var (tx, _) in reopened)
        {
            state.BeginWait(tx);
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
