using Mempulse.Primitives;

namespace Mempulse.Replay.State;

/// <summary>Entries in the order in which they came, with removal from anywhere in constant time.</summary>
internal sealed class ArrivalList<T>
    where T : class, IListed<T>
{
    private T? _newest;

    /// <summary>The first that came and is still here.</summary>
    public T? Oldest { get; private set; }

    public int Count { get; private set; }

    /// <summary>The number the last arrival got; it never falls.</summary>
    public ulong LastOrdinal { get; private set; }

    public void Append(T entry)
    {
        LastOrdinal++;
        Link(entry, LastOrdinal);
    }

    public void Remove(T entry)
    {
        Invariant.That(entry.ListOrdinal != 0, "INV-42", "only an entry that is in a list is taken out of it");
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

    /// <summary>Puts an entry of a checkpoint back under its old number; numbers must come in ascending order.</summary>
    public void Restore(T entry, ulong ordinal) => Link(entry, ordinal);

    /// <summary>Sets the number to continue from.</summary>
    public void RestoreLastOrdinal(ulong ordinal) => LastOrdinal = ordinal;

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
