using System.Diagnostics.CodeAnalysis;

namespace Mempulse.Net.Ingest;

/// <summary>Remembers a value for each of the most recent keys, between half and all of its capacity, in bounded memory.</summary>
/// <remarks>Holds two generations: when the younger is full, the older is discarded. Safe for any thread.</remarks>
internal sealed class RecentMap<TKey, TValue>(int capacity)
    where TKey : struct, IEquatable<TKey>
    where TValue : notnull
{
    private readonly Lock _gate = new();
    private readonly int _generationSize = Math.Max(1, capacity / 2);
    private Dictionary<TKey, TValue> _younger = [];
    private Dictionary<TKey, TValue> _older = [];

    /// <summary>Remembers a value and replaces an earlier one.</summary>
    public void Set(TKey key, TValue value)
    {
        lock (_gate)
        {
            _younger[key] = value;
            if (_younger.Count >= _generationSize)
            {
                (_younger, _older) = (_older, _younger);
                _younger.Clear();
            }
        }
    }

    /// <summary>Returns the value of a key.</summary>
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        lock (_gate)
        {
            return _younger.TryGetValue(key, out value) || _older.TryGetValue(key, out value);
        }
    }

    /// <summary>Returns the value of a key and forgets it.</summary>
    public bool TryTake(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        lock (_gate)
        {
            bool isOlder = _older.Remove(key, out var older);
            if (_younger.Remove(key, out value))
            {
                return true;
            }

            value = older;
            return isOlder;
        }
    }
}
