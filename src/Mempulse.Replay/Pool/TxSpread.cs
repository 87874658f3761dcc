using System.Diagnostics.CodeAnalysis;
using Mempulse.Replay.Entries;

namespace Mempulse.Replay.Pool;

/// <summary>How one transaction spread: how often it was announced, by which observers and when, and when a block first included it.</summary>
/// <remarks>Mutable, and part of its transaction's entry, so that a sighting costs one lookup.</remarks>
internal struct TxSpread
{
    private ArrivalTimes _sources;
    private ArrivalTimes _lanes;

    /// <summary>Sightings before a block included it.</summary>
    public uint Sightings { get; set; }

    /// <summary>When a block first included it, in Unix nanoseconds; 0 for never. A reorg does not change it: the transaction was public by then.</summary>
    public long IncludedAt { get; set; }

    /// <summary>Arrivals by source.</summary>
    [UnscopedRef]
    public ref ArrivalTimes Sources => ref _sources;

    /// <summary>Arrivals by lane.</summary>
    [UnscopedRef]
    public ref ArrivalTimes Lanes => ref _lanes;

    /// <summary>Clears everything and keeps the memory.</summary>
    public void Clear()
    {
        Sightings = 0;
        IncludedAt = 0;
        _sources.Clear();
        _lanes.Clear();
    }

    public readonly void Encode(EntryWriter writer)
    {
        writer.Write(Sightings);
        writer.Write(IncludedAt);
        _sources.Encode(writer);
        _lanes.Encode(writer);
    }

    public void Decode(ref EntryReader reader)
    {
        Sightings = reader.ReadUInt32();
        IncludedAt = reader.ReadInt64();
        _sources.Decode(ref reader);
        _lanes.Decode(ref reader);
    }
}
