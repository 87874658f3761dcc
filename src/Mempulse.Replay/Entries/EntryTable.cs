using System.Diagnostics.CodeAnalysis;
using Mempulse.Replay.Lookups;

namespace Mempulse.Replay.Entries;

/// <summary>A table of a derivation's entries by key: each entry counts in the digest, and checkpoints save the table in slices.</summary>
/// <remarks>Confined to the fold's thread. Report a change with <see cref="Changing"/> before making it.</remarks>
/// <typeparam name="TKey">The key; its order is the order of <see cref="SortedByKey"/> and of checkpoints.</typeparam>
/// <typeparam name="TEntry">The entry.</typeparam>
public sealed class EntryTable<TKey, TEntry>(EntryLedger ledger)
    where TKey : struct, IEquatable<TKey>, IComparable<TKey>
    where TEntry : StateEntry, IKeyed<TKey>
{
    private readonly LookupTable<TKey, TEntry> _byKey = new();

    /// <summary>Number of entries.</summary>
    public int Count => _byKey.Count;

    /// <summary>Finds the entry with <paramref name="key"/>.</summary>
    public bool TryGet(in TKey key, [NotNullWhen(true)] out TEntry? entry) => _byKey.TryGet(key, out entry);

    /// <summary>Adds an entry.</summary>
    /// <exception cref="ArgumentException">The table already has an entry with this key.</exception>
    public void Add(TEntry entry)
    {
        _byKey.Add(entry);
        ledger.Added(entry);
    }

    /// <summary>Records that an entry is about to change.</summary>
    public void Changing(TEntry entry) => ledger.Changing(entry);

    /// <summary>Removes an entry. It may be reset after this call, and reused unless a checkpoint is under way.</summary>
    public void Remove(TEntry entry)
    {
        ledger.Remove(entry);
        _byKey.Remove(entry.Key);
    }

    /// <summary>Every entry, in ascending order of key. Sorts the whole table.</summary>
    public IReadOnlyList<TEntry> SortedByKey() => _byKey.SortedByKey();

    /// <summary>Reads the entries of a checkpoint into this empty table.</summary>
    /// <exception cref="CheckpointException">The bytes are malformed, or their keys do not rise.</exception>
    public void Restore(ref EntryReader reader, EntryDecoder<TEntry> decode)
    {
        TKey? last = null;
        for (int left = reader.ReadCount(); left > 0; left--)
        {
            var entry = decode(ref reader);
            if (last is { } before && before.CompareTo(entry.Key) >= 0)
            {
                throw reader.Malformed($"key {entry.Key} is not greater than the preceding key {before}");
            }

            last = entry.Key;
            Add(entry);
        }
    }

    /// <summary>The entries with their present values, to be saved in slices.</summary>
    internal FrozenTable Freeze() => new FrozenTable<TKey, TEntry>(_byKey.Unsorted(), ledger);
}
