using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Replay.Lookups;

namespace Mempulse.Replay.Entries;

/// <summary>The entries that a table had when a checkpoint began, saved in slices between events.</summary>
internal abstract class FrozenTable
{
    /// <summary>Number of entries.</summary>
    public abstract int Count { get; }

    /// <summary>Number of entries saved.</summary>
    public int Saved { get; private set; }

    /// <summary>Sorts the entries by key. Safe concurrently with the fold: it reads only keys, which do not change while the table is frozen.</summary>
    public abstract void Sort();

    /// <summary>Saves the next entry with the value it had when the checkpoint began, and returns its contribution to the digest.</summary>
    public StateDigest SaveNext(ByteBuffer into)
    {
        int start = into.Length;
        SaveAt(Saved, into);
        Saved++;
        return StateDigest.OfEntry(into.WrittenSpan[start..]);
    }

    /// <summary>Saves one entry.</summary>
    protected abstract void SaveAt(int index, ByteBuffer into);
}

/// <inheritdoc cref="FrozenTable"/>
internal sealed class FrozenTable<TKey, TEntry>(TEntry[] entries, EntryLedger ledger) : FrozenTable
    where TKey : struct, IComparable<TKey>
    where TEntry : StateEntry, IKeyed<TKey>
{
    /// <inheritdoc/>
    public override int Count => entries.Length;

    /// <inheritdoc/>
    public override void Sort() => Array.Sort(Array.ConvertAll(entries, static entry => entry.Key), entries);

    /// <inheritdoc/>
    protected override void SaveAt(int index, ByteBuffer into) => ledger.SaveFrozen(entries[index], into);
}
