using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Features.Reasons;

/// <summary>Blocks of one chain, the newest first, found by the hashes of their parents: a reorg leaves nothing to take back.</summary>
/// <param name="Blocks">The blocks.</param>
/// <param name="IsCut">True when the walk ended at its limit, or at a block that the log does not have.</param>
internal sealed record BlockWalk(IReadOnlyList<SeenBlock> Blocks, bool IsCut)
{
    /// <summary>Maximum number of blocks.</summary>
    public const int MaxBlocks = 256;

    /// <summary>A reorg may name the block before the block's own record; what follows from a block comes later.</summary>
    private const int RecordsBeforeIt = 8;

    /// <summary>No block.</summary>
    public static BlockWalk Empty { get; } = new([], IsCut: false);

    /// <summary>Walks back from a block, inclusive, to the first one that was observed before a position.</summary>
    public static BlockWalk Back(ILoggedRecords log, Hash256 from, GlobalSeq after)
    {
        var blocks = new List<SeenBlock>();
        for (var hash = from; !hash.IsZero; hash = blocks[^1].Block.ParentHash)
        {
            if (blocks.Count == MaxBlocks || Find(log, hash) is not { } block)
            {
                return new BlockWalk(blocks, IsCut: true);
            }

            if (block.Seq < after)
            {
                break;
            }

            blocks.Add(block);
        }

        return new BlockWalk(blocks, IsCut: false);
    }

    /// <summary>A block; null when the log does not have it.</summary>
    public static SeenBlock? Find(ILoggedRecords log, in Hash256 hash)
    {
        foreach (var record in log.First(EventKey.Block(hash), RecordsBeforeIt))
        {
            if (LogEvent.Decode(record.View) is LogEvent.BlockObserved block && block.Hash == hash)
            {
                return new SeenBlock(record.Seq, record.View.Timestamp, block);
            }
        }

        return null;
    }
}
