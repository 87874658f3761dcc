using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Lookups;

namespace Mempulse.Replay.Checkpoints;

/// <summary>Collects what a derivation saves in a checkpoint: small parts immediately, tables later in slices.</summary>
/// <remarks>Valid only during the call that receives it.</remarks>
public sealed class CheckpointWriter
{
    private readonly ByteBuffer _small;
    private readonly List<FrozenTable> _tables;
    private readonly EntryLedger _ledger;

    internal CheckpointWriter(ByteBuffer small, List<FrozenTable> tables, EntryLedger ledger)
    {
        _small = small;
        _tables = tables;
        _ledger = ledger;
    }

    /// <summary>Writes values that are not digested, such as the counters that order entries.</summary>
    public EntryWriter Values => new(_small);

    /// <summary>What the entries saved so far contribute to the digest.</summary>
    internal StateDigest Digest { get; private set; }

    /// <summary>Saves an entry that belongs to no table.</summary>
    public void Save(StateEntry entry)
    {
        int start = _small.Length;
        _ledger.Encode(entry, _small);
        Digest = Digest.Plus(StateDigest.OfEntry(_small.WrittenSpan[start..]));
    }

    /// <summary>Saves entries that belong to no table: their count, then each in the order given.</summary>
    public void SaveAll(IReadOnlyCollection<StateEntry> entries)
    {
        Values.WriteCount(entries.Count);
        foreach (var entry in entries)
        {
            Save(entry);
        }
    }

    /// <summary>Saves a table; its entries are written later, with their present values.</summary>
    public void Save<TKey, TEntry>(EntryTable<TKey, TEntry> table)
        where TKey : struct, IEquatable<TKey>, IComparable<TKey>
        where TEntry : StateEntry, IKeyed<TKey> => _tables.Add(table.Freeze());
}
