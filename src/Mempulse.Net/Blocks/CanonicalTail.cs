using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Net.Blocks;

/// <summary>The last canonical blocks of a log, gathered from its records in order: what a follower resumes from.</summary>
/// <remarks>Takes any part of a log; what comes before its first block is not known. Confined to one thread.</remarks>
public sealed class CanonicalTail(int capacity = BlockFollowerOptions.DefaultWindowBlocks)
{
    private readonly LinkedList<SeenBlock> _blocks = [];

    /// <summary>The blocks, lowest first, each the child of the one before it.</summary>
    public IReadOnlyList<SeenBlock> Blocks => [.. _blocks];

    /// <summary>Takes a record; those that tell nothing of blocks are passed over.</summary>
    /// <exception cref="Mempulse.Primitives.Encoding.EventDecodeException">The record is malformed.</exception>
    public void Apply(in RecordView record)
    {
        if (record.Kind is not (EventKind.BlockObserved or EventKind.ReorgDetected or EventKind.ChainGap))
        {
            return;
        }

        switch (LogEvent.Decode(record))
        {
            case LogEvent.BlockObserved block:
                Push(new SeenBlock(block.Number, block.Hash, block.ParentHash));
                break;
            case LogEvent.ReorgDetected reorg:
                CutAbove(reorg);
                break;
            default:
                _blocks.Clear();
                break;
        }
    }

    private void Push(SeenBlock block)
    {
        // Another start of the chain than ours: the part of the log began within a reorg, or a block between was dropped.
        if (_blocks.Last is { } last && last.Value.Hash != block.ParentHash)
        {
            _blocks.Clear();
        }

        _blocks.AddLast(block);
        if (_blocks.Count > capacity)
        {
            _blocks.RemoveFirst();
        }
    }

    private void CutAbove(LogEvent.ReorgDetected reorg)
    {
        while (_blocks.Last is { } last && last.Value.Hash != reorg.CommonAncestor)
        {
            _blocks.RemoveLast();
        }
    }
}
