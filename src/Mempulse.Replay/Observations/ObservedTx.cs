using Mempulse.Primitives;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.State;

namespace Mempulse.Replay.Observations;

/// <summary>A transaction as it was observed lately: when first, by whom, how often, and whether a block had it.</summary>
/// <remarks>Entries are used again after they left, so that a long run makes no garbage of them.</remarks>
internal sealed class ObservedTx : DigestedEntry
{
    private ArrivalTimes _sources;
    private ArrivalTimes _lanes;

    public Hash256 Hash { get; private set; }

    /// <summary>Counts what was taken up; the lowest is let go first.</summary>
    public ulong Number { get; private set; }

    /// <summary>When it was first shown, or a block had it; Unix nanoseconds.</summary>
    public long FirstAt { get; private set; }

    /// <summary>All its sightings before a block had it.</summary>
    public uint Sightings { get; set; }

    /// <summary>When a block had it first, Unix nanoseconds; 0 for never. A reorg changes nothing: it was public by then.</summary>
    public long IncludedAt { get; set; }

    /// <summary>By source.</summary>
    public ref ArrivalTimes Sources => ref _sources;

    /// <summary>By lane.</summary>
    public ref ArrivalTimes Lanes => ref _lanes;

    /// <summary>Becomes the entry of another transaction, as new; its mark in the ledger's list stays.</summary>
    public void Begin(in Hash256 hash, ulong number, long at)
    {
        Hash = hash;
        Number = number;
        FirstAt = at;
        HasLeft = false;
        Sightings = 0;
        IncludedAt = 0;
        _sources.Clear();
        _lanes.Clear();
    }

    public override void Encode(EntryWriter writer)
    {
        writer.Write(EntryTag.ObservedTx);
        writer.Write(Hash);
        writer.Write(Number);
        writer.Write(FirstAt);
        writer.Write(Sightings);
        writer.Write(IncludedAt);
        _sources.Encode(writer);
        _lanes.Encode(writer);
    }

    public static ObservedTx Decode(ref EntryReader reader)
    {
        reader.Expect(EntryTag.ObservedTx);
        var entry = new ObservedTx();
        entry.Begin(reader.ReadHash(), reader.ReadUInt64(), reader.ReadInt64());
        entry.Sightings = reader.ReadUInt32();
        entry.IncludedAt = reader.ReadInt64();
        entry._sources.Decode(ref reader);
        entry._lanes.Decode(ref reader);
        return entry;
    }
}
