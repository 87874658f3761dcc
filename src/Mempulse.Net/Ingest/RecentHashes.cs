using Mempulse.Primitives;

namespace Mempulse.Net.Ingest;

/// <summary>Remembers the last hashes added, between half and all of its capacity of them, in bounded memory.</summary>
/// <remarks>Two generations: when the younger is full, the older is forgotten. Safe for any thread.</remarks>
internal sealed class RecentHashes
{
    private readonly Lock _gate = new();
    private readonly int _generationSize;
    private HashSet<Hash256> _younger;
    private HashSet<Hash256> _older;

    public RecentHashes(int capacity)
    {
        _generationSize = Math.Max(1, capacity / 2);
        _younger = new HashSet<Hash256>(_generationSize);
        _older = new HashSet<Hash256>(_generationSize);
    }

    /// <summary>True when the hash is remembered.</summary>
    public bool Contains(Hash256 hash)
    {
        lock (_gate)
        {
            return _younger.Contains(hash) || _older.Contains(hash);
        }
    }

    /// <summary>Remembers the hash; false when it was remembered already.</summary>
    public bool Add(Hash256 hash)
    {
        lock (_gate)
        {
            if (_older.Contains(hash) || !_younger.Add(hash))
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

    /// <summary>Forgets the hash; false when it was not remembered.</summary>
    public bool Remove(Hash256 hash)
    {
        lock (_gate)
        {
            return _younger.Remove(hash) | _older.Remove(hash);
        }
    }
}
