using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay.NonceChains;
using Mempulse.Replay.Pool;
using Mempulse.Replay.Reorgs;
using Mempulse.Replay.Settling;

namespace Mempulse.Replay.Blocks;

/// <summary>Applies canonical blocks: inclusion, nonces, finality, then what block time and height make old.</summary>
/// <remarks>
/// A block that does not fit the head is applied all the same, never refused: a known one changes nothing, one at or below finality
/// is skipped, one with a parent in the window first undoes what is above that parent, and one with an unknown parent undoes
/// what is at its height or above and counts as a gap.
/// </remarks>
internal sealed class BlockRule(CanonicalWindow window, NonceOrder order, Inclusion inclusion, ReorgReopening reopening, Ageing ageing)
{
    public void Apply(LogEvent.BlockObserved observed, in RecordView fact)
    {
        if (window.Find(observed.Hash) is not null || observed.Number <= window.Final)
        {
            return;
        }

        MakeRoom(observed);
        var block = new CanonicalBlock(new BlockRef(observed.Number, observed.Hash), observed.ParentHash, observed.TimestampSeconds, observed.Transactions.Count);
        window.Push(block);
        inclusion.IncludeAll(observed, block, fact);
        ageing.Confirm();
        ageing.ExpireOld();
        ageing.LeaveOld();
        order.Review();
    }

    /// <summary>Blocks were missed: what is known of nonces may be behind, so a node may correct it.</summary>
    public void Gap() => window.CountGap();

    private void MakeRoom(LogEvent.BlockObserved observed)
    {
        if (window.Find(observed.ParentHash) is { } parent)
        {
            reopening.UndoAbove(parent.Number);
        }
        else if (window.Head is not null && window.FinalHash != observed.ParentHash)
        {
            window.CountGap();
        }

        reopening.UndoFrom(observed.Number);
    }
}
