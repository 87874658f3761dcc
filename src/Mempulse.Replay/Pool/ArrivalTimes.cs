using Mempulse.Replay.Entries;

namespace Mempulse.Replay.Pool;

/// <summary>Which observers announced a transaction, and how long after the first one, in order of arrival.</summary>
/// <remarks>Mutable, and part of its transaction's entry. The first few are stored inline, so most transactions need no array; clearing keeps it.</remarks>
internal struct ArrivalTimes
{
    /// <summary>Maximum number of observers kept for one transaction; further ones are treated as repetitions.</summary>
    public const int Limit = 128;

    private FirstArrivals _first;
    private (uint Observer, uint Micros)[]? _further;

    /// <summary>Number of observers kept.</summary>
    public int Count { get; private set; }

    /// <summary>The arrival at an index.</summary>
    public readonly (uint Observer, uint Micros) this[int index] => index < FirstArrivals.Length ? _first[index] : _further![index - FirstArrivals.Length];

    /// <summary>Adds an observer; false when it is already there, or the list is full.</summary>
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

    /// <summary>Clears the list and keeps its memory.</summary>
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
                throw reader.Malformed("a list of arrivals is too long or names an observer twice");
            }
        }
    }
}
