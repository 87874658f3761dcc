using Mempulse.Net.Blocks;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Cli.Recording;

/// <summary>The last canonical blocks of a log, from which a block follower goes on.</summary>
internal sealed class CanonicalTail
{
    private readonly List<SeenBlock> _blocks = [];

    /// <summary>The blocks, the highest last.</summary>
    public IReadOnlyList<SeenBlock> Blocks => _blocks;

    /// <summary>Takes note of what a record says of the chain.</summary>
    public void Note(in RecordView record)
    {
        switch (record.Kind)
        {
            case EventKind.BlockObserved when LogEvent.Decode(record) is LogEvent.BlockObserved block:
                _blocks.Add(new SeenBlock(block.Number, block.Hash, block.ParentHash));
                if (_blocks.Count > 2 * BlockFollowerOptions.DefaultWindowBlocks)
                {
                    _blocks.RemoveRange(0, BlockFollowerOptions.DefaultWindowBlocks);
                }

                break;
            case EventKind.ReorgDetected when LogEvent.Decode(record) is LogEvent.ReorgDetected reorg:
                _blocks.RemoveAll(block => block.Number > reorg.CommonAncestorNumber);
                break;
            default:
                break;
        }
    }
}
