using System.Diagnostics.CodeAnalysis;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Lookups;

namespace Mempulse.Replay.Checkpoints;

/// <summary>Reads what a derivation saved with <see cref="CheckpointWriter"/>: values, entries and tables, each in the order of writing.</summary>
public ref struct CheckpointReader
{
    private EntryReader _values;
    private EntryReader _tables;

    internal CheckpointReader(EntryReader values, EntryReader tables)
    {
        _values = values;
        _tables = tables;
    }

    /// <summary>The values, and the entries that belong to no table.</summary>
    [UnscopedRef]
    public ref EntryReader Values => ref _values;

    /// <summary>Reads the next table into an empty one.</summary>
    /// <exception cref="CheckpointException">The bytes are malformed.</exception>
    public void Restore<TKey, TEntry>(EntryTable<TKey, TEntry> table, EntryDecoder<TEntry> decode)
        where TKey : struct, IEquatable<TKey>, IComparable<TKey>
        where TEntry : StateEntry, IKeyed<TKey> => table.Restore(ref _tables, decode);

    /// <summary>Reads the digest that ends a checkpoint, after everything else was read.</summary>
    /// <exception cref="CheckpointException">Bytes follow the digest.</exception>
    internal UInt128 ReadDigest()
    {
        CheckpointEnvelope.ExpectEnd(_values);
        var digest = _tables.ReadUInt128();
        CheckpointEnvelope.ExpectEnd(_tables);
        return digest;
    }
}
