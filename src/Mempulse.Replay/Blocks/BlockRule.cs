using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay.NonceChains;
using Mempulse.Replay.Pool;
using Mempulse.Replay.Reorgs;
using Mempulse.Replay.Settling;

namespace Mempulse.Replay.Blocks;

/// <summary>Applies canonical blocks: inclusion and nonces first, then finality, expiry and removal.</summary>
/// <remarks>
/// A block that does not fit the head is still applied, never refused: a known block changes nothing; one at or below finality
/// is skipped; one whose parent is in the window first undoes the blocks above that parent; one with an unknown parent undoes
/// the blocks at its height or above and counts as a gap.
/// </remarks>
internal sealed class BlockRule(CanonicalWindow window, NonceOrder order, Inclusion inclusion, ReorgReopening reopening, Ageing ageing)
{
    public void Apply(LogEvent.BlockObserved observed, in RecordView fact)
    {
        if (window.Find(observed.Hash) is not null || observed.Number <= window.Final)
        {
            return;
        }

        if (window.Head is null && window.Abandoned.Count > 0)
        {
            ageing.RestartRetention(observed.Number);
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

    /// <summary>Blocks were missed: the known nonces may be out of date, so a node's answer may correct them.</summary>
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
