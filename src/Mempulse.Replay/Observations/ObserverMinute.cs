using Mempulse.Replay.Entries;

namespace Mempulse.Replay.Observations;

/// <summary>The figures of one observer in one minute.</summary>
internal sealed class ObserverMinute(long minute, uint observer) : StateEntry
{
    public override byte Tag => ObservationTags.ObserverMinute;

    private DelayCounts _lead;
    private DelayCounts _delay;
    private DelayCounts _ahead;

    public long Minute { get; } = minute;

    public uint Observer { get; } = observer;

    /// <summary>Sightings, each announcement counted.</summary>
    public uint Sightings { get; set; }

    /// <summary>Distinct transactions that it announced.</summary>
    public uint Shown { get; set; }

    /// <summary>Of these, the ones that no other observer of its kind had announced before.</summary>
    public uint Firsts { get; set; }

    /// <summary>Sightings of transactions that a block already included.</summary>
    public uint Late { get; set; }

    /// <summary>Transactions of this minute's blocks that it had announced before.</summary>
    public uint Covered { get; set; }

    /// <summary>Transactions of this minute's blocks that arrived while it was connected.</summary>
    public uint Coverable { get; set; }

    /// <summary>Its lead where it was first, once a second one followed.</summary>
    public ref DelayCounts Lead => ref _lead;

    /// <summary>Its delay after the first, where it was not first.</summary>
    public ref DelayCounts Delay => ref _delay;

    /// <summary>How long before its block it had announced each of the covered ones.</summary>
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
