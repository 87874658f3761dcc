using System.Diagnostics.CodeAnalysis;
using Mempulse.Primitives;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Lookups;

namespace Mempulse.Replay.Observations;

/// <summary>All observers. When the table is full, the observer that was lost longest ago is evicted; a connected one never is.</summary>
internal sealed class ObserverTable(EntryLedger ledger)
{
    /// <summary>Maximum number of observers; sightings by further ones count for their lane only.</summary>
    public const int Limit = 1_024;

    /// <summary>A power of two: consecutive facts come from a few sources, and this cache finds each without hashing.</summary>
    private const int RecentPlaces = 64;

    private readonly LookupTable<ObserverKey, Observer> _byKey = new();
    private readonly LookupTable<uint, Observer> _byOrdinal = new();
    private readonly List<Observer> _connected = [];
    private uint _lastOrdinal;
    private readonly Observer?[] _recent = new Observer?[RecentPlaces];
    private Observer? _lastLane;

    /// <summary>Number of observers.</summary>
    public int Count => _byKey.Count;

    /// <summary>Connected observers, in the order in which they connected.</summary>
    public IReadOnlyList<Observer> Connected => _connected;

    /// <summary>All observers by lane and source.</summary>
    public IReadOnlyList<Observer> Sorted() => _byKey.SortedByKey();

    /// <summary>Finds the observer, or adds it if there is room; otherwise null.</summary>
    public Observer? Of(in ObserverKey key)
    {
        ref var recent = ref _recent[(int)((key.Source.Value ^ key.Lane.Value) % RecentPlaces)];
        if (recent is { } last && last.Key == key)
        {
            return last;
        }

        if (!_byKey.TryGet(key, out var observer))
        {
            if (Count >= Limit && !TryForgetLost())
            {
                return null;
            }

            observer = new Observer(++_lastOrdinal, key);
            Add(observer);
        }

        recent = observer;
        return observer;
    }

    /// <summary>Finds a lane as a whole, or adds it if there is room; otherwise null.</summary>
    public Observer? OfLane(LaneId lane)
    {
        if (_lastLane is not { } last || last.Key.Lane != lane)
        {
            _lastLane = Of(new ObserverKey(default, lane));
        }

        return _lastLane;
    }

    /// <summary>The observer with an ordinal, unless it was evicted.</summary>
    public bool TryGet(uint ordinal, [NotNullWhen(true)] out Observer? observer) => _byOrdinal.TryGet(ordinal, out observer);

    /// <summary>Finds the observer.</summary>
    public bool TryFind(in ObserverKey key, [NotNullWhen(true)] out Observer? observer) => _byKey.TryGet(key, out observer);

    /// <summary>True when an observer of the lane is connected.</summary>
    public bool IsAnyConnected(LaneId lane) => _connected.Exists(observer => observer.Key.Lane == lane);

    /// <summary>Records that an observer connected.</summary>
    public void Connect(Observer observer)
    {
        if (!observer.IsConnected)
        {
            ledger.Changing(observer);
            observer.IsConnected = true;
            _connected.Add(observer);
        }
    }

    /// <summary>Records that an observer was lost.</summary>
    public void Disconnect(Observer observer)
    {
        ledger.Changing(observer);
        observer.IsConnected = false;
        _connected.Remove(observer);
    }

    public void Save(CheckpointWriter writer)
    {
        writer.Values.Write(_lastOrdinal);
        writer.SaveAll(_byOrdinal.SortedByKey());
        writer.Values.WriteCount(_connected.Count);
        foreach (var observer in _connected)
        {
            writer.Values.Write(observer.Ordinal);
        }
    }

    public void Restore(ref EntryReader reader)
    {
        _lastOrdinal = reader.ReadUInt32();
        for (int left = reader.ReadCount(); left > 0; left--)
        {
            Add(Observer.Decode(ref reader));
        }

        for (int left = reader.ReadCount(); left > 0; left--)
        {
            uint ordinal = reader.ReadUInt32();
            _connected.Add(TryGet(ordinal, out var observer) && observer.IsConnected ? observer : throw reader.Malformed($"observer {ordinal} is not connected"));
        }
    }

    private void Add(Observer observer)
    {
        _byKey.Add(observer);
        _byOrdinal.Add(observer);
        ledger.Added(observer);
    }

    private bool TryForgetLost()
    {
        Observer? oldest = null;
        foreach (var observer in _byOrdinal.SortedByKey())
        {
            if (!observer.IsConnected && !observer.Key.IsLane && (oldest is null || observer.LostAt < oldest.LostAt))
            {
                oldest = observer; // on a tie, the lowest ordinal
            }
        }

        if (oldest is null)
        {
            return false;
        }

        _byKey.Remove(oldest.Key);
        _byOrdinal.Remove(oldest.Ordinal);
        ledger.Remove(oldest);
        Array.Clear(_recent);
        return true;
    }
}
