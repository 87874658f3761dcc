using Mempulse.Primitives;

namespace Mempulse.Replay.State;

/// <summary>The canonical blocks above finality, in ascending order of height.</summary>
internal sealed class CanonicalWindow
{
    private readonly List<CanonicalBlock> _blocks = [];

    public int Count => _blocks.Count;

    public CanonicalBlock? Top => _blocks.Count == 0 ? null : _blocks[^1];

    public CanonicalBlock? Bottom => _blocks.Count == 0 ? null : _blocks[0];

    public CanonicalBlock this[int index] => _blocks[index];

    public void Push(CanonicalBlock block)
    {
        Invariant.That(Top is not { } top || top.Number < block.Number, "INV-43", "heights rise through the canonical window");
        _blocks.Add(block);
    }

    public CanonicalBlock Pop()
    {
        var top = _blocks[^1];
        _blocks.RemoveAt(_blocks.Count - 1);
        return top;
    }

    public CanonicalBlock TakeBottom()
    {
        var bottom = _blocks[0];
        _blocks.RemoveAt(0);
        return bottom;
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
}
