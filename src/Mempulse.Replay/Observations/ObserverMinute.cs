using Mempulse.Replay.Entries;

namespace Mempulse.Replay.Observations;

/// <summary>What one observer showed in one minute.</summary>
internal sealed class ObserverMinute(long minute, uint observer) : StateEntry
{
    public override byte Tag => ObservationTags.ObserverMinute;

    private DelayCounts _lead;
    private DelayCounts _delay;
    private DelayCounts _ahead;

    public long Minute { get; } = minute;

    public uint Observer { get; } = observer;

    /// <summary>Sightings, each time it showed something.</summary>
    public uint Sightings { get; set; }

    /// <summary>Transactions that it showed, each once.</summary>
    public uint Shown { get; set; }

    /// <summary>Of these, the ones that nobody had shown before.</summary>
    public uint Firsts { get; set; }

    /// <summary>Sightings of what a block already had.</summary>
    public uint Late { get; set; }

    /// <summary>Transactions of this minute's blocks that it had shown before.</summary>
    public uint Covered { get; set; }

    /// <summary>Transactions of this minute's blocks, as far as it could be heard when they came.</summary>
    public uint Coverable { get; set; }

    /// <summary>By how much it was first, once a second one came.</summary>
    public ref DelayCounts Lead => ref _lead;

    /// <summary>How far behind the first it was.</summary>
    public ref DelayCounts Delay => ref _delay;

    /// <summary>How long before its block it had shown each of the covered ones.</summary>
    public ref DelayCounts Ahead => ref _ahead;

    public override void Encode(EntryWriter writer)
    {
        writer.Write(Minute);
        writer.Write(Observer);
        writer.Write(Sightings);
        writer.Write(Shown);
        writer.Write(Firsts);
        writer.Write(Late);
        writer.Write(Covered);
        writer.Write(Coverable);
        _lead.Encode(writer);
        _delay.Encode(writer);
        _ahead.Encode(writer);
    }

    public static ObserverMinute Decode(ref EntryReader reader)
    {
        reader.Expect(ObservationTags.ObserverMinute);
        var entry = new ObserverMinute(reader.ReadInt64(), reader.ReadUInt32())
        {
            Sightings = reader.ReadUInt32(),
            Shown = reader.ReadUInt32(),
            Firsts = reader.ReadUInt32(),
            Late = reader.ReadUInt32(),
            Covered = reader.ReadUInt32(),
            Coverable = reader.ReadUInt32(),
        };
        entry._lead.Decode(ref reader);
        entry._delay.Decode(ref reader);
        entry._ahead.Decode(ref reader);
        return entry;
    }
}
