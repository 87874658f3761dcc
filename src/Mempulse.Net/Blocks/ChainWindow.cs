using Mempulse.Primitives;

namespace Mempulse.Net.Blocks;

/// <summary>The most recent blocks of the recorded canonical chain and ancestors of the first, each the child of the previous one.</summary>
/// <remarks>Confined to the follower's loop.</remarks>
internal sealed class ChainWindow(int capacity)
{
    private readonly LinkedList<SeenBlock> _blocks = [];

    /// <summary>The head; null before the first block.</summary>
    public SeenBlock? Tip => _blocks.Last?.Value;

    /// <summary>The lowest remembered block; null before the first block.</summary>
    public SeenBlock? Lowest => _blocks.First?.Value;

    /// <summary>Finds a block by its hash, searching from the newest.</summary>
    public bool TryFind(Hash256 hash, out SeenBlock found)
    {
        for (var node = _blocks.Last; node is not null; node = node.Previous)
        {
            if (node.Value.Hash == hash)
            {
                found = node.Value;
                return true;
            }
        }

        found = default;
        return false;
    }

    /// <summary>Adds a child of the head. A full window evicts its oldest block.</summary>
    public void Push(SeenBlock block)
    {
        Invariant.That(Tip is not { } tip || block.ParentHash == tip.Hash, "INV-66", "a remembered block is the child of the one before it");
        _blocks.AddLast(block);
        if (_blocks.Count > capacity)
        {
            _blocks.RemoveFirst();
        }
    }

    /// <summary>The remembered blocks in ascending order of height.</summary>
    public IReadOnlyList<SeenBlock> Blocks() => [.. _blocks];

    /// <summary>Removes every block above the ancestor, which becomes the head; all blocks when it is null.</summary>
    /// <returns>The removed blocks, the highest first.</returns>
    public List<SeenBlock> CutAbove(SeenBlock? ancestor)
    {
        Invariant.That(ancestor is not { } kept || TryFind(kept.Hash, out _), "INV-67", "a reorg goes back to a remembered block");
        var removed = new List<SeenBlock>();
        while (_blocks.Last is { } last && last.Value.Hash != ancestor?.Hash)
        {
            removed.Add(last.Value);
            _blocks.RemoveLast();
        }

        return removed;
    }

    /// <summary>Forgets everything; the next block has no known parent.</summary>
    public void Clear() => _blocks.Clear();
}
