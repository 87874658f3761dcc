using Mempulse.Replay.Entries;

namespace Mempulse.Replay.Observations;

/// <summary>What all observers together showed in one minute.</summary>
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

    /// <summary>Transactions shown for the first time.</summary>
    public uint Shown { get; set; }

    /// <summary>Transactions of this minute's blocks.</summary>
    public uint Included { get; set; }

    /// <summary>Of these, the ones that nobody had shown.</summary>
    public uint Unseen { get; set; }

    /// <summary>Transactions let go before a block had them, because newer ones needed the room.</summary>
    public uint LetGo { get; set; }

    /// <summary>From the first sighting to the block, as both reached us.</summary>
    public ref DelayCounts Latency => ref _latency;

    /// <summary>How often each included transaction had been shown: counts, not microseconds.</summary>
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
