namespace Mempulse.Net.Ingest;

/// <summary>Remembers the most recently added items, between half and all of its capacity, in bounded memory.</summary>
/// <remarks>Holds two generations: when the younger is full, the older is discarded. Safe for any thread.</remarks>
internal sealed class RecentSet<T>
    where T : IEquatable<T>
{
    private readonly Lock _gate = new();
    private readonly int _generationSize;
    private HashSet<T> _younger;
    private HashSet<T> _older;

    public RecentSet(int capacity)
    {
        _generationSize = Math.Max(1, capacity / 2);
        _younger = new HashSet<T>(_generationSize);
        _older = new HashSet<T>(_generationSize);
    }

    /// <summary>Returns true if the item is remembered.</summary>
    public bool Contains(T item)
    {
        lock (_gate)
        {
            return _younger.Contains(item) || _older.Contains(item);
        }
    }

    /// <summary>Remembers the item. Returns false if it was remembered already.</summary>
    public bool Add(T item)
    {
        lock (_gate)
        {
            if (_older.Contains(item) || !_younger.Add(item))
            {
                return false;
            }

            if (_younger.Count >= _generationSize)
            {
                (_younger, _older) = (_older, _younger);
                _younger.Clear();
            }

            return true;
        }
    }

    /// <summary>Forgets the item. Returns false if it was not remembered.</summary>
    public bool Remove(T item)
    {
        lock (_gate)
        {
            return _younger.Remove(item) | _older.Remove(item);
        }
    }
}
