using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay.NonceChains;
using Mempulse.Replay.Reorgs;
using Mempulse.Replay.Settling;
using Mempulse.Replay.State;

namespace Mempulse.Replay.Blocks;

/// <summary>Takes in canonical blocks: inclusion, nonces, finality, then what block time and height make old.</summary>
/// <remarks>
/// A block that does not stand on the head is taken as it is, never refused: a known one changes nothing, one at or
/// below finality is passed over, one with a parent in the window first takes back what is above that parent, and one
/// whose parent nobody showed takes back what is at its height or above and counts as a gap.
/// </remarks>
internal sealed class BlockRule(MempoolState state, NonceOrder order, Inclusion inclusion, ReorgReopening reopening, Ageing ageing)
{
    public void Apply(LogEvent.BlockObserved observed, in RecordView fact)
    {
        if (state.Window.Find(observed.Hash) is not null || (state.Chain.Final is { } final && observed.Number <= final))
        {
            return;
        }

        MakeRoom(observed);
        var block = new CanonicalBlock(new BlockRef(observed.Number, observed.Hash), observed.ParentHash, observed.TimestampSeconds, observed.Transactions.Count);
        state.Window.Push(block);
        state.Changed(block);
        AdvanceTime(observed.TimestampSeconds);
        inclusion.IncludeAll(observed, block, fact);
        ageing.Confirm();
        ageing.ExpireOld();
        ageing.LeaveOld();
        order.Review();
    }

    /// <summary>Blocks were missed: what is known of nonces may be behind, so that a node may correct it.</summary>
    public void Gap() => state.Chain.Gaps++;

    private void MakeRoom(LogEvent.BlockObserved observed)
    {
        if (state.Window.Find(observed.ParentHash) is { } parent)
        {
            reopening.TakeBackAbove(parent.Number);
        }
        else if (state.Head is not null && state.Chain.FinalHash != observed.ParentHash)
        {
            state.Chain.Gaps++;
        }

        reopening.TakeBackFrom(observed.Number);
    }

    private void AdvanceTime(ulong timestampSeconds)
    {
        state.Chain.TimeSeconds = timestampSeconds;
        if (state.Chain.FirstBlockTimeSeconds == 0)
        {
            state.Chain.FirstBlockTimeSeconds = timestampSeconds;
        }
    }
}
