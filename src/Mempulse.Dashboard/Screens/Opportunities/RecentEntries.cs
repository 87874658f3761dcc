using System.Diagnostics.CodeAnalysis;
using Mempulse.Primitives;

namespace Mempulse.Dashboard.Screens.Opportunities;

/// <summary>The newest entries by hash: beyond the capacity the oldest makes room. Confined to its owner.</summary>
/// <typeparam name="T">What is kept.</typeparam>
/// <param name="capacity">Entries that are kept.</param>
internal sealed class RecentEntries<T>(int capacity)
{
    private readonly Dictionary<Hash256, T> _entries = [];
    private readonly Queue<Hash256> _order = new();

    /// <summary>Adds an entry, or changes it.</summary>
    public void Set(Hash256 key, T entry)
    {
        if (!_entries.ContainsKey(key))
        {
            _order.Enqueue(key);
            if (_order.Count > capacity)
            {
                _entries.Remove(_order.Dequeue());
            }
        }

        _entries[key] = entry;
    }

    /// <summary>The newest entries, the newest first.</summary>
    public IEnumerable<T> Newest(int count) => _order.Reverse().Take(count).Select(key => _entries[key]);

    /// <summary>Finds an entry.</summary>
    public bool TryGet(Hash256 key, [MaybeNullWhen(false)] out T entry) => _entries.TryGetValue(key, out entry);
}
