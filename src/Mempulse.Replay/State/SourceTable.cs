using Mempulse.Primitives;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.Lookups;

namespace Mempulse.Replay.State;

/// <summary>The sources that showed anything. Peers come and go for months: when there are too many, the one gone the longest gives way.</summary>
internal sealed class SourceTable(DigestLedger ledger)
{
    /// <summary>Most sources; while so many are connected, sightings by further ones are counted together.</summary>
    public const int Limit = 4_096;

    private readonly LookupTable<SourceId, SourceEntry> _byId = new();
    private readonly ArrivalList<SourceEntry> _gone = new();

    /// <summary>Number of sources.</summary>
    public int Count => _byId.Count;

    /// <summary>Number from which the list of those gone continues.</summary>
    public ulong LastOrdinal => _gone.LastOrdinal;

    /// <summary>The source, taken up if there is room; null when all others are connected.</summary>
    public SourceEntry? Of(SourceId id)
    {
        if (_byId.TryGet(id, out var source))
        {
            return source;
        }

        if (Count == Limit && !TryForget())
        {
            return null;
        }

        source = new SourceEntry(id);
        _byId.Add(id, source);
        _gone.Append(source);
        ledger.Mark(source);
        return source;
    }

    /// <summary>Notes that a source can be heard.</summary>
    public void Connect(SourceEntry source)
    {
        if (!source.IsConnected)
        {
            source.IsConnected = true;
            _gone.Remove(source);
        }
    }

    /// <summary>Notes that a source can be heard no more.</summary>
    public void Disconnect(SourceEntry source)
    {
        if (source.IsConnected)
        {
            source.IsConnected = false;
            _gone.Append(source);
        }
    }

    /// <summary>Every source, in ascending order of id.</summary>
    public IReadOnlyList<SourceEntry> Sorted() => _byId.SortedByKey();

    public void Restore(ref EntryReader reader, ulong lastOrdinal)
    {
        List<SourceEntry> gone = [];
        for (int left = reader.ReadCount(); left > 0; left--)
        {
            var source = SourceEntry.Decode(ref reader);
            _byId.Add(source.Id, source);
            ledger.Mark(source);
            if (!source.IsConnected)
            {
                gone.Add(source);
            }
        }

        gone.Sort(static (a, b) => a.ListOrdinal != b.ListOrdinal ? a.ListOrdinal.CompareTo(b.ListOrdinal) : a.Id.CompareTo(b.Id));
        foreach (var source in gone)
        {
            _gone.Restore(source, source.ListOrdinal);
        }

        _gone.RestoreLastOrdinal(lastOrdinal);
    }

    /// <summary>Checks its bound and its list. Costs a walk over all of it.</summary>
    /// <exception cref="InvariantBrokenException">A relation does not hold.</exception>
    public void AssertInvariants()
    {
        int gone = 0;
        foreach (var source in Sorted())
        {
            gone += source.IsConnected ? 0 : 1;
            Invariant.That(source.IsConnected == (source.ListOrdinal == 0), "INV-93", "a source is in the list of those gone exactly when it cannot be heard");
        }

        Invariant.That(Count <= Limit && gone == _gone.Count, "INV-94", "no more sources are listed than the bound says");
    }

    private bool TryForget()
    {
        if (_gone.Oldest is not { } oldest)
        {
            return false;
        }

        _gone.Remove(oldest);
        _byId.Remove(oldest.Id);
        ledger.Remove(oldest);
        return true;
    }
}
