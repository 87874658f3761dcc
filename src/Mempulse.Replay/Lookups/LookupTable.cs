using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace Mempulse.Replay.Lookups;

/// <summary>A hash table that cannot be enumerated in hash order, so that no result can depend on that order.</summary>
/// <remarks>
/// Open addressing with linear probing; removal shifts the following entries back, so there are no tombstones. A slot is a
/// hash and a reference, four to a cache line: a lookup costs one hash and about two cache lines, one of them the value's own.
/// Memory is never released. Confined to one thread at a time.
/// </remarks>
/// <typeparam name="TKey">The key; its order is the order of <see cref="SortedByKey"/>.</typeparam>
/// <typeparam name="TValue">The value, which holds its key.</typeparam>
public sealed class LookupTable<TKey, TValue>
    where TKey : struct, IEquatable<TKey>, IComparable<TKey>
    where TValue : class, IKeyed<TKey>
{
    private const int SmallestCapacity = 16;

    private Slot[] _slots = new Slot[SmallestCapacity];

    /// <summary>Number of entries.</summary>
    public int Count { get; private set; }

    /// <summary>Finds the value with <paramref name="key"/>.</summary>
    public bool TryGet(in TKey key, [NotNullWhen(true)] out TValue? value)
    {
        int hash = key.GetHashCode();
        var slots = _slots;
        int mask = slots.Length - 1;
        for (int i = hash & mask; ; i = (i + 1) & mask)
        {
            ref var slot = ref slots[i];
            value = slot.Value;
            if (value is null)
            {
                return false;
            }

            if (slot.Hash == hash && value.Key.Equals(key))
            {
                return true;
            }
        }
    }

    /// <summary>Adds a value.</summary>
    /// <exception cref="ArgumentException">The table already has a value with this key.</exception>
    public void Add(TValue value)
    {
        if (Count >= _slots.Length / 4 * 3)
        {
            Grow();
        }

        var key = value.Key;
        Insert(key.GetHashCode(), key, value);
        Count++;
    }

    /// <summary>Removes the value with <paramref name="key"/>; false when the table has no such value.</summary>
    public bool Remove(in TKey key)
    {
        int hash = key.GetHashCode();
        int mask = _slots.Length - 1;
        int hole = hash & mask;
        while (_slots[hole].Value is { } value)
        {
            if (_slots[hole].Hash == hash && value.Key.Equals(key))
            {
                CloseHole(hole, mask);
                Count--;
                return true;
            }

            hole = (hole + 1) & mask;
        }

        return false;
    }

    /// <summary>Every value, in ascending order of key. Sorts the whole table.</summary>
    public IReadOnlyList<TValue> SortedByKey()
    {
        var values = Unsorted();
        Array.Sort(Array.ConvertAll(values, static value => value.Key), values);
        return values;
    }

    /// <summary>Every value, in the order of the process's random hash: sort it before use.</summary>
    internal TValue[] Unsorted()
    {
        var values = new TValue[Count];
        int next = 0;
        foreach (ref var slot in _slots.AsSpan())
        {
            if (slot.Value is { } value)
            {
                values[next++] = value;
            }
        }

        return values;
    }

    /// <summary>Shifts back every following entry of the cluster that can move closer to its home slot.</summary>
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
        while (_slots[i].Value is { } other)
        {
            if (_slots[i].Hash == hash && other.Key.Equals(key))
            {
                throw new ArgumentException($"The key {key} is already in the table.", nameof(key));
            }

            i = (i + 1) & mask;
        }

        _slots[i] = new Slot { Hash = hash, Value = value };
    }

    private void Grow()
    {
        var old = _slots;
        _slots = new Slot[(int)BitOperations.RoundUpToPowerOf2((uint)old.Length * 2)];
        foreach (ref var slot in old.AsSpan())
        {
            if (slot.Value is { } value)
            {
                Move(slot.Hash, value);
            }
        }
    }

    private void Move(int hash, TValue value)
    {
        int mask = _slots.Length - 1;
        int i = hash & mask;
        while (_slots[i].Value is not null)
        {
            i = (i + 1) & mask;
        }

        _slots[i] = new Slot { Hash = hash, Value = value };
    }

    private struct Slot
    {
        public int Hash;
        public TValue? Value;
    }
}
