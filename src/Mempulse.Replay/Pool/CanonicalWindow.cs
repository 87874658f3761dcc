using System.Diagnostics.CodeAnalysis;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Changes;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Views;

namespace Mempulse.Replay.Pool;

/// <summary>The canonical chain: the blocks above finality in ascending order of height, finality itself, block time, and gaps.</summary>
/// <remarks>Confined to the fold's thread.</remarks>
internal sealed class CanonicalWindow
{
    private readonly EntryLedger _ledger;
    private readonly FactChanges _changes;
    private readonly ChainEntry _chain;
    private readonly List<CanonicalBlock> _blocks = [];

    public CanonicalWindow(ChainId chain, EntryLedger ledger, FactChanges changes)
    {
        _ledger = ledger;
        _changes = changes;
        _chain = new ChainEntry(chain);
        ledger.Added(_chain);
    }

    public ChainId Chain => _chain.Chain;

    public FoldParameters Parameters
    {
        get => _chain.Parameters;
        set
        {
            _ledger.Changing(_chain);
            _chain.Parameters = value;
        }
    }

    /// <inheritdoc cref="ChainEntry.Final"/>
    public BlockNumber? Final => _chain.Final;

    /// <inheritdoc cref="ChainEntry.FinalHash"/>
    public Hash256 FinalHash => _chain.FinalHash;

    /// <inheritdoc cref="ChainEntry.TimeSeconds"/>
    public ulong TimeSeconds => _chain.TimeSeconds;

    /// <inheritdoc cref="ChainEntry.Gaps"/>
    public ulong Gaps => _chain.Gaps;

    public int Count => _blocks.Count;

    public CanonicalBlock? Top => _blocks.Count == 0 ? null : _blocks[^1];

    public CanonicalBlock? Bottom => _blocks.Count == 0 ? null : _blocks[0];

    public CanonicalBlock this[int index] => _blocks[index];

    /// <summary>The canonical head; null before the first block and after a reorg below all known blocks.</summary>
    public ChainHead? Head => Top is { } top ? new ChainHead(top.Number, top.Hash, top.TimestampSeconds)
        : Final is { } final ? new ChainHead(final, _chain.FinalHash, _chain.FinalTimeSeconds)
        : null;

    /// <summary>Block time from which a wait since <paramref name="since"/> counts: a wait from before the first block counts from that block.</summary>
    public ulong WaitStart(ulong since) => Math.Max(since, _chain.FirstBlockTimeSeconds);

    /// <summary>Pushes a block on top.</summary>
    public void Push(CanonicalBlock block)
    {
        Invariant.That(Top is not { } top || top.Number < block.Number, "INV-43", "heights rise through the canonical window");
        _blocks.Add(block);
        _ledger.Added(block);
        _ledger.Changing(_chain);
        _chain.TimeSeconds = block.TimestampSeconds;
        if (_chain.FirstBlockTimeSeconds == 0)
        {
            _chain.FirstBlockTimeSeconds = block.TimestampSeconds;
        }

        _changes.Applied(block.View);
    }

    /// <summary>Pops the top block, because a reorg removed it.</summary>
    public CanonicalBlock Pop()
    {
        var top = _blocks[^1];
        _blocks.RemoveAt(_blocks.Count - 1);
        _ledger.Remove(top);
        _ledger.Changing(_chain);
        _chain.TimeSeconds = Head?.TimestampSeconds ?? _chain.TimeSeconds;
        _changes.Undone(top.View);
        return top;
    }

    /// <summary>Takes out the bottom block and makes it final.</summary>
    public CanonicalBlock FinalizeBottom()
    {
        var bottom = _blocks[0];
        _blocks.RemoveAt(0);
        _ledger.Remove(bottom);
        _ledger.Changing(_chain);
        bottom.Ref.IsFinal = true;
        _chain.Final = bottom.Number;
        _chain.FinalHash = bottom.Hash;
        _chain.FinalTimeSeconds = bottom.TimestampSeconds;
        _changes.Finalized(bottom.View);
        return bottom;
    }

    /// <summary>Notes that receipts of a block are on record.</summary>
    public void AddReceipts(CanonicalBlock block, int first, int count)
    {
        _ledger.Changing(block);
        block.AddReceipts(first, count);
    }

    /// <inheritdoc cref="ChainEntry.Abandoned"/>
    public IReadOnlyList<AbandonedChain> Abandoned => _chain.Abandoned;

    /// <summary>Leaves the chain beyond finality: nothing is final, and the next block is the first of another chain.</summary>
    public void Abandon(AbandonedChain left)
    {
        Invariant.That(_blocks.Count == 0, "INV-102", "a chain is abandoned when none of its blocks is in the window");
        _ledger.Changing(_chain);
        _chain.Abandon(left);
    }

    /// <summary>Counts a gap: blocks were missed.</summary>
    public void CountGap()
    {
        _ledger.Changing(_chain);
        _chain.Gaps++;
    }

    /// <summary>The block with this hash, or null. Reorgs are shallow, so the search starts at the top.</summary>
    public CanonicalBlock? Find(Hash256 hash)
    {
        for (int i = _blocks.Count - 1; i >= 0; i--)
        {
            if (_blocks[i].Hash == hash)
            {
                return _blocks[i];
            }
        }

        return null;
    }

    /// <summary>The block at this height, or null.</summary>
    public CanonicalBlock? At(BlockNumber number)
    {
        for (int i = _blocks.Count - 1; i >= 0 && _blocks[i].Number >= number; i--)
        {
            if (_blocks[i].Number == number)
            {
                return _blocks[i];
            }
        }

        return null;
    }

    /// <summary>The canonical block at a height, if the window or its last final block has that height.</summary>
    public bool TryGetCanonical(BlockNumber number, [NotNullWhen(true)] out ChainBlock? block)
    {
        block = At(number)?.View ?? (number == Final ? new ChainBlock(number, FinalHash, Hash256.Zero) : null);
        return block is not null;
    }

    /// <summary>The transactions of the block at a height of the window, in order; empty for any other height.</summary>
    public IReadOnlyList<Hash256> TransactionsIn(BlockNumber number) => At(number) is { } block ? [.. block.Transactions] : [];

    /// <summary>The last final block, if there is one, and the blocks above it.</summary>
    public IReadOnlyList<ChainBlock> Blocks()
    {
        var blocks = new List<ChainBlock>(Count + 1);
        if (Final is { } final)
        {
            blocks.Add(new ChainBlock(final, FinalHash, Hash256.Zero));
        }

        blocks.AddRange(_blocks.Select(static block => block.View with { LacksReceipts = block.ReceiptCount < block.Size }));
        return blocks;
    }

    public void Save(CheckpointWriter writer)
    {
        writer.Save(_chain);
        writer.SaveAll(_blocks);
    }

    /// <summary>Restores the chain; the accounts must be restored before.</summary>
    public void Restore(ref CheckpointReader reader, AccountTable accounts)
    {
        _chain.Read(ref reader.Values);
        for (int left = reader.Values.ReadCount(); left > 0; left--)
        {
            var block = CanonicalBlock.Decode(ref reader.Values, accounts);
            if (Top is { } top && top.Number >= block.Number)
            {
                throw reader.Values.Malformed($"block {block.Number} is not above the preceding block {top.Number}");
            }

            _blocks.Add(block);
            _ledger.Added(block);
        }
    }

    /// <summary>Checks the window against finality.</summary>
    /// <exception cref="InvariantBrokenException">An invariant is broken.</exception>
    public void AssertInvariants()
    {
        foreach (var block in _blocks)
        {
            Invariant.That((Final is not { } final || block.Number > final) && !block.Ref.IsFinal, "INV-57", "the window holds what is above finality");
            Invariant.That(block.ReceiptCount <= block.Size, "INV-100", "a block has no more receipts on record than transactions");
        }
    }
}
