using Mempulse.Replay.Entries;

namespace Mempulse.Replay.Observations;

/// <summary>The figures of all observers together in one minute.</summary>
internal sealed class TrafficMinute(long minute) : StateEntry
{
    public override byte Tag => ObservationTags.TrafficMinute;

    private DelayCounts _latency;
    private DelayCounts _heat;

    /// <summary>Minutes since 1970.</summary>
    public long Minute { get; } = minute;

    /// <summary>Its observers' shares, in the order of their first sighting in it.</summary>
    public List<ObserverMinute> Observers { get; } = [];

    public uint Sightings { get; set; }

    /// <summary>Transactions announced for the first time.</summary>
    public uint Shown { get; set; }

    /// <summary>Transactions of this minute's blocks.</summary>
    public uint Included { get; set; }

    /// <summary>Of these, the ones that no source had announced.</summary>
    public uint Unseen { get; set; }

    /// <summary>Transactions evicted before a block included them, because a bound was reached.</summary>
    public uint LetGo { get; set; }

    /// <summary>From the first sighting to the block, by our arrival times.</summary>
    public ref DelayCounts Latency => ref _latency;

    /// <summary>Number of sightings of each included transaction: counts, not microseconds.</summary>
    public ref DelayCounts Heat => ref _heat;

    public override void Encode(EntryWriter writer)
    {
        writer.Write(Minute);
        writer.Write(Sightings);
        writer.Write(Shown);
        writer.Write(Included);
        writer.Write(Unseen);
        writer.Write(LetGo);
        _latency.Encode(writer);
        _heat.Encode(writer);
    }

    public static TrafficMinute Decode(ref EntryReader reader)
    {
        reader.Expect(ObservationTags.TrafficMinute);
        var entry = new TrafficMinute(reader.ReadInt64())
        {
            Sightings = reader.ReadUInt32(),
            Shown = reader.ReadUInt32(),
            Included = reader.ReadUInt32(),
            Unseen = reader.ReadUInt32(),
            LetGo = reader.ReadUInt32(),
        };
        entry._latency.Decode(ref reader);
        entry._heat.Decode(ref reader);
        return entry;
    }
}
