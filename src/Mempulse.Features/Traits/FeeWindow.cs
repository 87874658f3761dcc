using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Changes;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Views;

namespace Mempulse.Features.Traits;

/// <summary>The fees of the last canonical blocks, in ascending order of height and without a hole; the newest is the head, or there are none.</summary>
/// <param name="ledger">The ledger of the derivation.</param>
internal sealed class FeeWindow(EntryLedger ledger)
{
    private readonly List<BlockFees> _blocks = [];

    /// <summary>What the blocks say about the next one; null while none is known, or before London.</summary>
    public FeeOutlook? Outlook()
    {
        if (_blocks.Count == 0 || _blocks[^1].BaseFee.Value.IsZero)
        {
            return null;
        }

        int undone = 0;
        foreach (var block in _blocks)
        {
            undone += block.BlocksUndone;
        }

        return new FeeOutlook(_blocks[^1].Number, _blocks[^1].BaseFee, _blocks[^1].NextBaseFee, _blocks[0].BaseFee, undone);
    }

    /// <summary>Follows what a fact did to the chain.</summary>
    /// <param name="changes">The changes.</param>
    /// <param name="observed">The block that the fact states; null if it states none.</param>
    /// <param name="head">The head after the fact.</param>
    /// <param name="totals">Remembers undone blocks until the next one is applied.</param>
    public void Follow(FactChanges changes, LogEvent.BlockObserved? observed, ChainHead? head, TraitTotals totals)
    {
        foreach (var undone in changes.BlocksUndone)
        {
            totals.BlocksUndone = Math.Min(totals.BlocksUndone + 1, FeeOutlook.TrendBlocks);
            if (_blocks.Count > 0 && _blocks[^1].Hash == undone.Hash)
            {
                totals.BlocksUndone = Math.Min(totals.BlocksUndone + _blocks[^1].BlocksUndone, FeeOutlook.TrendBlocks);
                RemoveAt(_blocks.Count - 1);
            }
        }

        foreach (var applied in changes.BlocksApplied)
        {
            if (observed is { } block && block.Hash == applied.Hash)
            {
                Push(block, totals);
            }
        }

        if (_blocks.Count > 0 && _blocks[^1].Hash != head?.Hash)
        {
            Clear(); // the chain was left beyond finality
        }
    }

    public void Save(CheckpointWriter writer) => writer.SaveAll(_blocks);

    public void Restore(ref EntryReader reader)
    {
        for (int left = reader.ReadCount(); left > 0; left--)
        {
            var block = BlockFees.Decode(ref reader);
            _blocks.Add(block);
            ledger.Added(block);
        }
    }

    /// <exception cref="InvariantBrokenException">An invariant is broken.</exception>
    public void AssertInvariants()
    {
        Invariant.That(_blocks.Count <= FeeOutlook.TrendBlocks, "INV-140", "the fees of no more blocks are kept than a trend is read from");
        for (int i = 1; i < _blocks.Count; i++)
        {
            Invariant.That(_blocks[i - 1].Number < _blocks[i].Number, "INV-141", "the blocks whose fees are kept rise");
        }
    }

    private void Push(LogEvent.BlockObserved block, TraitTotals totals)
    {
        if (_blocks.Count > 0 && _blocks[^1].Hash != block.ParentHash)
        {
            Clear(); // blocks were missed: no trend leads over that
        }
        else if (_blocks.Count == FeeOutlook.TrendBlocks)
        {
            RemoveAt(0);
        }

        var fees = new BlockFees(block.Number, block.Hash, block.BaseFeePerGas, block.GasUsed, block.GasLimit, totals.BlocksUndone);
        _blocks.Add(fees);
        ledger.Added(fees);
        totals.BlocksUndone = 0;
    }

    private void Clear()
    {
        _blocks.ForEach(ledger.Remove);
        _blocks.Clear();
    }

    private void RemoveAt(int index)
    {
        ledger.Remove(_blocks[index]);
        _blocks.RemoveAt(index);
    }
}
