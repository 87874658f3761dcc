using Mempulse.Replay.Entries;

namespace Mempulse.Replay.Observations;

/// <summary>The totals and reference times of all observations; a single entry.</summary>
internal sealed class ObservationTotals : StateEntry
{
    public override byte Tag => ObservationTags.Totals;

    /// <summary>Time of the latest fact that the writer did not record about itself; earlier than others after the clock was set back.</summary>
    public long LastFactAt { get; set; }

    /// <summary>Nanoseconds that passed between facts, without the jumps of the clock.</summary>
    public long Elapsed { get; set; }

    /// <summary>Sightings by all observers.</summary>
    public ulong AllSightings { get; set; }

    /// <summary>From here on every gap is in the ledger or is still open.</summary>
    public long CompleteSince { get; set; }

    /// <summary>Since when no observer is connected; 0 while one is.</summary>
    public long BlindSince { get; set; }

    public override void Encode(EntryWriter writer)
    {
        writer.Write(LastFactAt);
        writer.Write(Elapsed);
        writer.Write(AllSightings);
        writer.Write(CompleteSince);
        writer.Write(BlindSince);
    }

    public void Read(ref EntryReader reader)
    {
        reader.Expect(ObservationTags.Totals);
        LastFactAt = reader.ReadInt64();
        Elapsed = reader.ReadInt64();
        AllSightings = reader.ReadUInt64();
        CompleteSince = reader.ReadInt64();
        BlindSince = reader.ReadInt64();
    }
}
