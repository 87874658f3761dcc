using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.Entries;

namespace Mempulse.Outcomes.Bundles;

/// <summary>The recent blocks of the canonical chain. Confined to the fold's thread.</summary>
/// <param name="ledger">The ledger of its entries.</param>
/// <param name="maxBlocks">Blocks that are held; beyond it the lowest leaves.</param>
internal sealed class BlockWindow(EntryLedger ledger, int maxBlocks)
{
    private readonly EntryTable<BlockNumber, BlockEntry> _blocks = new(ledger);
    private readonly SortedSet<BlockNumber> _numbers = [];

    /// <summary>Blocks held.</summary>
    public int Count => _blocks.Count;

    /// <summary>The lowest height held; null without a block.</summary>
    public BlockNumber? Lowest => _numbers.Count > 0 ? _numbers.Min : null;

    /// <summary>The canonical block at a height; null if it is not held.</summary>
    public BlockEntry? At(BlockNumber number) => _blocks.TryGet(number, out var block) ? block : null;

    /// <summary>A canonical block by its height and hash; null if it is not held.</summary>
    public BlockEntry? Find(BlockNumber number, in Hash256 hash) => At(number) is { } block && block.Hash == hash ? block : null;

    /// <summary>The blocks from a height on, in ascending order.</summary>
    public IEnumerable<BlockEntry> From(BlockNumber number)
    {
        foreach (var height in _numbers.GetViewBetween(number, new BlockNumber(ulong.MaxValue)))
        {
            yield return At(height)!;
        }
    }

    /// <summary>The blocks, the highest first.</summary>
    public IEnumerable<BlockEntry> NewestFirst() => _numbers.Reverse().Select(height => At(height)!);

    /// <summary>Records that a block is about to change.</summary>
    public void Changing(BlockEntry block) => _blocks.Changing(block);

    /// <summary>Adds a block that joined the chain.</summary>
    public BlockEntry Add(LogEvent.BlockObserved observed, GlobalSeq seq)
    {
        Remove(observed.Number);
        var block = new BlockEntry(observed.Number, observed.Hash, seq)
        {
            BaseFee = observed.BaseFeePerGas,
            Unverified = observed.Unverified,
            Uses = UsesOf(observed.Transactions),
        };
        _blocks.Add(block);
        _numbers.Add(block.Key);
        if (_blocks.Count > maxBlocks)
        {
            Remove(_numbers.Min);
        }

        return block;
    }

    /// <summary>Removes the block at a height, if there is one.</summary>
    public void Remove(BlockNumber number)
    {
        if (_blocks.TryGet(number, out var block))
        {
            _blocks.Remove(block);
            _numbers.Remove(number);
        }
    }

    /// <summary>Removes every block.</summary>
    public void Clear()
    {
        while (_numbers.Count > 0)
        {
            Remove(_numbers.Min);
        }
    }

    public void Save(CheckpointWriter writer) => writer.Save(_blocks);

    public void Restore(ref CheckpointReader reader)
    {
        reader.Restore(_blocks, BlockEntry.Decode);
        foreach (var block in _blocks.SortedByKey())
        {
            _numbers.Add(block.Key);
        }
    }

    private static BlockUse[] UsesOf(IReadOnlyList<BlockTx> transactions)
    {
        var uses = new BlockUse[transactions.Count];
        for (int i = 0; i < uses.Length; i++)
        {
            uses[i] = new BlockUse(transactions[i].Hash, new SenderNonce(transactions[i].Sender, transactions[i].Nonce));
        }

        return uses;
    }
}
