using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace Mempulse.Replay.Lookups;

/// <summary>A table that answers by key and cannot be walked in hash order, so that no result can depend on it.</summary>
/// <remarks>
/// Open addressing with linear probing; removal shifts the following entries back, so there are no tombstones to sweep.
/// The only way to see every value is <see cref="SortedByKey"/>. Confined to one thread at a time. A lookup costs one
/// hash and about two probes; memory is never given back.
/// </remarks>
/// <typeparam name="TKey">The key; its order is the order of <see cref="SortedByKey"/>.</typeparam>
/// <typeparam name="TValue">The value.</typeparam>
public sealed class LookupTable<TKey, TValue>
    where TKey : struct, IEquatable<TKey>, IComparable<TKey>
    where TValue : class
{
    private const int SmallestCapacity = 16;

    private Slot[] _slots = new Slot[SmallestCapacity];

    /// <summary>Number of entries.</summary>
    public int Count { get; private set; }

    /// <summary>The value of <paramref name="key"/>, if there is one.</summary>
    public bool TryGet(in TKey key, [NotNullWhen(true)] out TValue? value)
    {
        int hash = key.GetHashCode();
        int mask = _slots.Length - 1;
        for (int i = hash & mask; ; i = (i + 1) & mask)
        {
            ref var slot = ref _slots[i];
            value = slot.Value;
            if (value is null)
            {
                return false;
            }

            if (slot.Hash == hash && slot.Key.Equals(key))
            {
                return true;
            }
        }
    }

    /// <summary>Adds an entry whose key is not there yet.</summary>
    public void Add(in TKey key, TValue value)
    {
        if (Count >= _slots.Length / 4 * 3)
        {
            Grow();
        }

        Insert(key.GetHashCode(), key, value);
        Count++;
    }

    /// <summary>Takes an entry out; false when there is none.</summary>
    public bool Remove(in TKey key)
    {
        int hash = key.GetHashCode();
        int mask = _slots.Length - 1;
        int hole = hash & mask;
        while (_slots[hole].Hash != hash || _slots[hole].Value is null || !_slots[hole].Key.Equals(key))
        {
            if (_slots[hole].Value is null)
            {
                return false;
            }

            hole = (hole + 1) & mask;
        }

        CloseHole(hole, mask);
        Count--;
        return true;
    }

    /// <summary>Every value, in ascending order of its key. Costs a sort of the whole table.</summary>
    public IReadOnlyList<TValue> SortedByKey()
    {
        var keys = new TKey[Count];
        var values = new TValue[Count];
        int next = 0;
        foreach (ref var slot in _slots.AsSpan())
        {
            if (slot.Value is not null)
            {
                keys[next] = slot.Key;
                values[next++] = slot.Value;
            }
        }

        Array.Sort(keys, values);
        return values;
    }

    /// <summary>Moves back every following entry of the cluster that may stand nearer to its home.</summary>
    private void CloseHole(int hole, int mask)
    {
        for (int i = (hole + 1) & mask; _slots[i].Value is not null; i = (i + 1) & mask)
        {
            int home = _slots[i].Hash & mask;
            if (((i - home) & mask) >= ((i - hole) & mask))
            {
                _slots[hole] = _slots[i];
                hole = i;
            }
        }

        _slots[hole] = default;
    }

    private void Insert(int hash, in TKey key, TValue value)
    {
        int mask = _slots.Length - 1;
        int i = hash & mask;
        while (_slots[i].Value is not null)
        {
            if (_slots[i].Hash == hash && _slots[i].Key.Equals(key))
            {
                throw new ArgumentException("The key is already in the table.", nameof(key));
            }

            i = (i + 1) & mask;
        }

        _slots[i] = new Slot { Hash = hash, Key = key, Value = value };
    }

    private void Grow()
    {
        var old = _slots;
        _slots = new Slot[(int)BitOperations.RoundUpToPowerOf2((uint)old.Length * 2)];
        foreach (ref var slot in old.AsSpan())
        {
            if (slot.Value is not null)
            {
                Insert(slot.Hash, slot.Key, slot.Value);
            }
        }
    }

    private struct Slot
    {
        public int Hash;
        public TKey Key;
        public TValue? Value;
    }
}
