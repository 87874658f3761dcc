using Mempulse.Replay.Entries;

namespace Mempulse.Replay.Pool;

/// <summary>Who showed a transaction, and how long after the first one, in order of arrival.</summary>
/// <remarks>Mutable, and part of its transaction's entry: the first few stand in it, so that most transactions cost no further memory. What there is, is kept when it is emptied.</remarks>
internal struct ArrivalTimes
{
    /// <summary>Most observers kept for one transaction; further ones are not told apart from those that repeat themselves.</summary>
    public const int Limit = 128;

    private FirstArrivals _first;
    private (uint Observer, uint Micros)[]? _further;

    /// <summary>Observers kept.</summary>
    public int Count { get; private set; }

    /// <summary>An arrival by its place.</summary>
    public readonly (uint Observer, uint Micros) this[int index] => index < FirstArrivals.Length ? _first[index] : _further![index - FirstArrivals.Length];

    /// <summary>Adds an observer; false when it is there already, or there are too many.</summary>
    public bool TryAdd(uint observer, uint micros)
    {
        for (int i = 0; i < Count; i++)
        {
            if (this[i].Observer == observer)
            {
                return false;
            }
        }

        if (Count == Limit)
        {
            return false;
        }

        if (Count < FirstArrivals.Length)
        {
            _first[Count++] = (observer, micros);
            return true;
        }

        int further = Count++ - FirstArrivals.Length;
        if (_further is null || further == _further.Length)
        {
            Array.Resize(ref _further, Math.Max(FirstArrivals.Length, further * 2));
        }

        _further[further] = (observer, micros);
        return true;
    }

    /// <summary>Forgets everything but the memory.</summary>
    public void Clear() => Count = 0;

    public readonly void Encode(EntryWriter writer)
    {
        writer.WriteCount(Count);
        for (int i = 0; i < Count; i++)
        {
            writer.Write(this[i].Observer);
            writer.Write(this[i].Micros);
        }
    }

    public void Decode(ref EntryReader reader)
    {
        for (int left = reader.ReadCount(); left > 0; left--)
        {
            if (!TryAdd(reader.ReadUInt32(), reader.ReadUInt32()))
            {
                throw reader.Malformed("an observer stands twice in a list of arrivals, or the list is too long");
            }
        }
    }
}
