using System.Diagnostics.CodeAnalysis;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Grains.Following;

/// <summary>Stream items that wait for their turn, by position and bounded in bytes. Confined to the follower's lock.</summary>
internal sealed class ItemBuffer(int capacityBytes)
{
    private readonly SortedList<ulong, SequencedBatch> _byFirst = [];
    private int _sizeBytes;

    public bool IsEmpty => _byFirst.Count == 0;

    /// <summary>Position of the first record of the first item; only when not <see cref="IsEmpty"/>.</summary>
    public GlobalSeq First => new(_byFirst.Keys[0]);

    /// <summary>Keeps an item. Of two with the same first record the longer one stays.</summary>
    /// <returns>False when there is no room; the log has it anyway.</returns>
    public bool TryAdd(SequencedBatch item)
    {
        if (_sizeBytes + item.Records.Length > capacityBytes)
        {
            return false;
        }

        if (_byFirst.TryGetValue(item.First.Value, out var present))
        {
            if (present.Count >= item.Count)
            {
                return true;
            }

            Remove(_byFirst.IndexOfKey(item.First.Value));
        }

        _byFirst.Add(item.First.Value, item);
        _sizeBytes += item.Records.Length;
        return true;
    }

    /// <summary>Drops what ends at or before <paramref name="last"/>.</summary>
    /// <returns>How many items that were.</returns>
    public int DropThrough(GlobalSeq last)
    {
        int dropped = 0;
        while (_byFirst.Count > 0 && _byFirst.Values[0].Last <= last)
        {
            Remove(0);
            dropped++;
        }

        return dropped;
    }

    /// <summary>Takes the first item if it holds the record at <paramref name="next"/>.</summary>
    public bool TryTake(GlobalSeq next, [NotNullWhen(true)] out SequencedBatch? item)
    {
        item = _byFirst.Count > 0 && _byFirst.Values[0].First <= next ? _byFirst.Values[0] : null;
        if (item is not null)
        {
            Remove(0);
        }

        return item is not null;
    }

    private void Remove(int index)
    {
        _sizeBytes -= _byFirst.Values[index].Records.Length;
        _byFirst.RemoveAt(index);
    }
}
