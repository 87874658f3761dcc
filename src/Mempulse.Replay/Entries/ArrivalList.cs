using Mempulse.Primitives;

namespace Mempulse.Replay.Entries;

/// <summary>Entries in order of arrival, with constant-time removal anywhere in the list.</summary>
/// <remarks>Appending and removing change the entry's ordinal: report the change to the ledger first.</remarks>
/// <typeparam name="T">The entry.</typeparam>
public sealed class ArrivalList<T>
    where T : class, IListed<T>
{
    private T? _newest;

    /// <summary>The oldest entry in the list.</summary>
    public T? Oldest { get; private set; }

    /// <summary>Number of entries.</summary>
    public int Count { get; private set; }

    /// <summary>The ordinal of the last arrival; it never falls. Save it with the entries.</summary>
    public ulong LastOrdinal { get; private set; }

    /// <summary>Adds an entry at the end.</summary>
    public void Append(T entry)
    {
        LastOrdinal++;
        Link(entry, LastOrdinal);
    }

    /// <summary>Removes an entry.</summary>
    /// <exception cref="InvariantBrokenException">The entry is in no list.</exception>
    public void Remove(T entry)
    {
        Invariant.That(entry.ListOrdinal != 0, "INV-42", "only an entry that is in a list is removed from it");
        if (entry.Previous is { } previous)
        {
            previous.Following = entry.Following;
        }
        else
        {
            Oldest = entry.Following;
        }

        if (entry.Following is { } following)
        {
            following.Previous = entry.Previous;
        }
        else
        {
            _newest = entry.Previous;
        }

        entry.Previous = null;
        entry.Following = null;
        entry.ListOrdinal = 0;
        Count--;
    }

    /// <summary>Relinks the entries of a checkpoint in ascending order of their ordinals.</summary>
    /// <param name="entries">The entries, each with its ordinal.</param>
    /// <param name="lastOrdinal">The ordinal to continue from.</param>
    public void Restore(IEnumerable<T> entries, ulong lastOrdinal)
    {
        foreach (var entry in entries.OrderBy(static entry => entry.ListOrdinal))
        {
            Link(entry, entry.ListOrdinal);
        }

        LastOrdinal = lastOrdinal;
    }

    private void Link(T entry, ulong ordinal)
    {
        entry.ListOrdinal = ordinal;
        entry.Previous = _newest;
        entry.Following = null;
        if (_newest is null)
        {
            Oldest = entry;
        }
        else
        {
            _newest.Following = entry;
        }

        _newest = entry;
        Count++;
    }
}
